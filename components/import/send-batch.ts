import { get } from '@/components/api';
import { RunningImports } from '@/lib/ingest/progress.ts';
import type { Outcome } from './items';
import type { FoundFile } from './judge';
import { knownOf, mostAsked, mostBytes } from './known';
import { inLanes } from './lanes';
import { post } from './send';

interface SendingBatch {
  readonly files: readonly FoundFile[];
  readonly controller: AbortController;
  readonly onSent: (found: FoundFile, sentBytes: number) => void;
  /** `known`: it is in already, and was not sent. */
  readonly onEnd: (found: FoundFile, outcome: Outcome | { readonly kind: 'known' }) => void;
}

/** Codex's list of the names of threads says nothing without their rollouts. */
const namesThreads = ({ file }: FoundFile): boolean => file.name === 'session_index.jsonl';

/** As many files at a time as one call asks for, and not so much that it takes long until the first one is sent. */
function* parts(files: readonly FoundFile[]): Generator<readonly FoundFile[]> {
  let part: FoundFile[] = [];
  let bytes = 0;
  for (const found of files) {
    part.push(found);
    bytes += found.file.size;
    if (part.length < mostAsked && bytes < mostBytes) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
}

/**
 * Sends the files that are not in already, a few at a time, names of threads behind all others. False when it gave up because the server cannot be reached; then, as when it is
 * cancelled, some files have no end.
 */
export async function sendBatch({ files, controller, onSent, onEnd }: SendingBatch): Promise<boolean> {
  const { signal } = controller;
  let reachable = true;
  for (const asked of [...parts(files.filter((found) => !namesThreads(found))), ...parts(files.filter(namesThreads))]) {
    const known = await knownOf(asked.map(({ file }) => file), signal);
    if (signal.aborted) break;
    for (const found of asked) if (known.has(found.file)) onEnd(found, { kind: 'known' });
    await inLanes(asked.filter(({ file }) => !known.has(file)), async (found) => {
      const outcome = await post({ file: found.file, signal, onSent: (bytes) => onSent(found, bytes) });
      // One broken connection is that file's own misfortune, unless the server does not answer anyone.
      if (outcome.kind === 'refused' && outcome.code === 'unreachable' && !(await get(RunningImports, '/api/imports/running')).ok) {
        reachable = false;
        controller.abort();
      } else if (outcome.kind !== 'cancelled') onEnd(found, outcome);
    });
  }
  return reachable;
}

import { get } from '@/components/api';
import { namesThreads } from '@/lib/ingest/session-index-file.ts';
import { RunningImports, type Progress } from '@/lib/ingest/progress.ts';
import type { Import } from '@/lib/queries/shapes.ts';
import { unreachable, type ListedFile, type Outcome } from './items';
import type { FoundFile } from './judge';
import { isReadable, post, watched } from './send';
import { knownFiles } from './known-files';
import { tarOf } from './tar';

/** The most bytes in one request: when a connection breaks, no more than this has to be sent again. */
const mostBytes = 512 * 2 ** 20;
const mostFiles = 5000;

interface SendingBatch {
  readonly key: string;
  readonly name: string;
  readonly files: readonly FoundFile[];
  readonly signal: AbortSignal;
  /** `sentBytes` are the bytes sent of the files, `logs` counts the files that the server has finished. */
  readonly onProgress: (progress: { readonly sentBytes: number; readonly logs: Progress['logs'] }) => void;
}
/**
 * The result of a batch: `result` is its import, if any. In requests that brought nothing new, `existing` counts logs
 * that were imported before, and `none` counts files that are no logs.
 */
export interface BatchOutcome {
  readonly end: 'done' | 'cancelled' | 'broken' | Extract<Outcome, { kind: 'refused' }>;
  readonly result: Import | null;
  readonly existing: number;
  readonly none: number;
  readonly changed: readonly ListedFile[];
}

/** Files with thread names come last: they name threads that must be imported first. */
const namesLast = (files: readonly FoundFile[]): readonly FoundFile[] => [
  ...files.filter(({ path }) => !namesThreads(path)),
  ...files.filter(({ path }) => namesThreads(path)),
];

/** Returns the files of each request. */
function* requests(files: readonly FoundFile[]): Generator<readonly FoundFile[]> {
  let part: FoundFile[] = [];
  let bytes = 0;
  for (const found of files) {
    if (part.length > 0 && (part.length === mostFiles || bytes + found.file.size > mostBytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(found);
    bytes += found.file.size;
  }
  if (part.length > 0) yield part;
}

const changedFile = ({ path }: FoundFile): ListedFile => ({
  path,
  code: 'file_changed',
  message: 'The file changed or was removed during upload. Drop it again.',
});

/** Returns the files that can no longer be read because they changed, a hundred at a time. */
async function changedAmong(files: readonly FoundFile[]): Promise<readonly FoundFile[]> {
  const changed: FoundFile[] = [];
  for (let from = 0; from < files.length; from += 100) {
    const some = files.slice(from, from + 100);
    const readable = await Promise.all(some.map(({ file }) => isReadable(file)));
    changed.push(...some.filter((_, index) => readable[index] === false));
  }
  return changed;
}

const sumOf = (files: readonly FoundFile[]): number => files.reduce((sum, { file }) => sum + file.size, 0);
const add = (one: Progress['logs'], other: Progress['logs']): Progress['logs'] => ({
  read: one.read + other.read,
  alreadyIn: one.alreadyIn + other.alreadyIn,
  passedOver: one.passedOver + other.passedOver,
});

/** Sends files as archives, one for each request; all together are one import. */
export async function sendBatch({ key, name, files, signal, onProgress }: SendingBatch): Promise<BatchOutcome> {
  const known: { result: Import | null; existing: number; none: number } = { result: null, existing: 0, none: 0 };
  let sentBefore = 0;
  let logsBefore: Progress['logs'] = { read: 0, alreadyIn: 0, passedOver: 0 };
  const changed: ListedFile[] = [];
  // Set when Dendro no longer has a log that it had.
  let sendsAll = false;
  const left = [...requests(namesLast(files))];
  const ended = (end: BatchOutcome['end']): BatchOutcome => ({ end, ...known, changed });
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    let [knownBytes, sentBytes, logs] = [0, 0, { read: 0, alreadyIn: 0, passedOver: 0 }];
    const tell = (): void =>
      onProgress({ sentBytes: sentBefore + knownBytes + sentBytes, logs: add(logsBefore, logs) });
    const digests = sendsAll
      ? new Map<FoundFile, string>()
      : await knownFiles(part, signal, (bytes) => {
          knownBytes += bytes;
          tell();
        });
    const { archive: body, contentBytes } = tarOf(part.map((each) => ({ ...each, sha256: digests.get(each) })));
    const outcome: Outcome = await watched(
      key,
      (server) => {
        ({ logs } = server);
        tell();
      },
      post({
        key,
        name,
        body,
        signal,
        continues: known.result?.id,
        more: left.length > 0,
        onSent(bytes) {
          sentBytes = Math.floor((bytes * contentBytes) / body.size);
          tell();
        },
      }),
    );
    if (outcome.kind === 'cancelled') return ended('cancelled');
    if (outcome === unreachable) {
      // A single file that changes during the upload breaks the whole request.
      const gone = new Set(await changedAmong(part));
      if (gone.size === 0 || !(await get(RunningImports, '/api/imports/running')).ok) return ended('broken');
      changed.push(...[...gone].map(changedFile));
      left.unshift(part.filter((each) => !gone.has(each)));
      if (left[0]?.length === 0) left.shift();
      continue;
    }
    if (outcome.kind === 'refused' && outcome.code === 'not_sent' && !sendsAll) {
      sendsAll = true;
      left.unshift(part);
      continue;
    }
    if (outcome.kind === 'refused' && outcome.code !== 'no_events' && outcome.code !== 'names_alone')
      return ended(outcome);
    if (outcome.kind === 'refused') {
      known.none += part.length;
      if (part.length === files.length) return ended(outcome);
    } else if (outcome.existing) {
      known.existing += outcome.result.sentLogs.alreadyIn;
      known.none += outcome.result.sentLogs.passedOver;
    } else known.result = outcome.result;
    sentBefore += sumOf(part);
    logsBefore = add(logsBefore, logs);
  }
  return ended('done');
}

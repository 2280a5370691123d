import { isStrangerCode, strangers } from '../formats/strangers.ts';
import { columnText } from '../store/column-text.ts';
import { diskFull, saysDiskFull, StoreTrouble } from '../store/trouble.ts';
import { refusalCodes, type Refusal } from './importer.ts';
import { ImportGone } from './log-ledgers.ts';
import type { UnreadLog } from './log-reading.ts';
import { ReadRefused } from './reader-pool.ts';

export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const cancelled = 'The import was cancelled.';
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Refused({ code: 'cancelled', message: cancelled });
}

/** So many entries of an archive that were not read are named when there is nothing else in it. */
const mostNamed = 5;

/** Why nothing of what was sent is stored: no log in it holds an event, or one that says anything. */
export function refusalWithoutEvents(logs: readonly UnreadLog[], bytes: number): Refusal {
  const passedOver = logs.filter((log) => log.kind === 'passed_over');
  const stranger = passedOver.find(({ path: entry }) => entry === null)?.reason ?? '';
  if (isStrangerCode(stranger)) return { code: stranger, message: strangers[stranger] };
  if (passedOver.some(({ reason }) => reason === 'names_alone')) {
    return {
      code: 'names_alone',
      message:
        'This is a session index of Codex: it holds only names of threads, and none of these threads is in. Import their rollouts first (the folder ~/.codex/sessions), and this file after them.',
    };
  }
  const lines = passedOver.reduce((sum, log) => sum + log.lines, 0);
  const what =
    bytes === 0
      ? 'The file is empty'
      : lines === 0
        ? 'The file holds no line of a log'
        : lines === 1
          ? 'Its only line is no Codex event'
          : `None of its ${lines} lines is a Codex event`;
  const first = passedOver.find(({ detail }) => detail !== null);
  // A log may give its records and its entries names of any length.
  const where =
    first && columnText(first.path === null ? (first.detail ?? '') : `${first.path}: ${first.detail ?? ''}`);
  const over = passedOver.flatMap(({ path: entry, reason, detail }) =>
    reason === 'directory' || entry === null || detail !== null ? [] : [`${entry} (${reason})`],
  );
  const named =
    over.length > 0 &&
    columnText(
      ` Passed over: ${over.slice(0, mostNamed).join(', ')}${over.length > mostNamed ? `, and ${over.length - mostNamed} more` : ''}.`,
    );
  return { code: 'no_events', message: `${what}.${named || ''}${where ? ` ${where}` : ''}` };
}

/** Why an import came to nothing, by what was thrown. */
export async function refusalOf(error: unknown, signal: AbortSignal, folder: string): Promise<Refusal> {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof ImportGone)
    return { code: 'cancelled', message: 'The import was deleted while it was under way.' };
  if (signal.aborted) return { code: 'cancelled', message: cancelled };
  const trouble = saysDiskFull(error) ? await diskFull(folder) : error;
  if (trouble instanceof StoreTrouble)
    return { code: trouble.code, message: `The import could not be stored. ${trouble.message}` };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof ReadRefused ? refusalCodes.find((known) => known === error.code) : undefined;
  return code === undefined
    ? { code: 'storage_failed', message: `The import could not be stored: ${message}` }
    : { code, message };
}

/** What is left of an import that ended before its end. */
export const whatStays = (importId: number | null): string =>
  importId === null
    ? 'Nothing was imported.'
    : `What was in by then stays, as import ${importId}, which is incomplete: send it again under the same name, and it goes on from there.`;

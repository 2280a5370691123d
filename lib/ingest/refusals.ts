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

/** How many unread entries of an archive are named when there is nothing else in it. */
const mostNamed = 5;

/** Explains why nothing of a drop is stored: no log in it holds an event, or one that matters. */
export function refusalWithoutEvents(logs: readonly UnreadLog[], bytes: number): Refusal {
  const passedOver = logs.filter((log) => log.kind === 'passed_over');
  const stranger = passedOver.find(({ path: entry }) => entry === null)?.reason ?? '';
  if (isStrangerCode(stranger)) return { code: stranger, message: strangers[stranger] };
  if (passedOver.some(({ reason }) => reason === 'names_alone')) {
    return {
      code: 'names_alone',
      message:
        'This is a Codex session index: it only names threads, and none of them are imported. Import their rollouts first (the folder ~/.codex/sessions), then this file.',
    };
  }
  const lines = passedOver.reduce((sum, log) => sum + log.lines, 0);
  const what =
    bytes === 0
      ? 'The file is empty'
      : lines === 0
        ? 'The file has no log lines'
        : `Not a Codex log: 0 of ${lines} ${lines === 1 ? 'line is a Codex event' : 'lines are Codex events'}`;
  const first = passedOver.find(({ detail }) => detail !== null);
  // Names of records and entries in a log may have any length.
  const where =
    first && columnText(first.path === null ? (first.detail ?? '') : `${first.path}: ${first.detail ?? ''}`);
  const over = passedOver.flatMap(({ path: entry, reason, detail }) =>
    reason === 'directory' || entry === null || detail !== null ? [] : [`${entry} (${reason})`],
  );
  const named =
    over.length > 0 &&
    columnText(
      ` Skipped: ${over.slice(0, mostNamed).join(', ')}${over.length > mostNamed ? `, and ${over.length - mostNamed} more` : ''}.`,
    );
  return { code: 'no_events', message: `${what}.${named || ''}${where ? ` ${where}` : ''}` };
}

/** Explains by the error why an import came to nothing. */
export async function refusalOf(error: unknown, signal: AbortSignal, folder: string): Promise<Refusal> {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof ImportGone)
    return { code: 'cancelled', message: 'The import was deleted while it was running.' };
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

/** Says what remains of an import that ended too early. */
export const whatStays = (importId: number | null): string =>
  importId === null
    ? 'Nothing was imported.'
    : `Logs imported so far are kept as import ${importId}, which is incomplete. Send it again under the same name to resume.`;

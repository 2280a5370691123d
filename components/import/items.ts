import type { ImportAnswer } from '@/lib/ingest/progress.ts';
import type { Import } from '@/lib/queries/shapes.ts';

/** The server's progress with a file that it is receiving. */
export interface ServerProgress {
  readonly lines: number;
  readonly events: number;
  readonly rejected: number;
  readonly phase: string;
}

/** The result of a file that was sent. */
export type Outcome =
  /** `existing`: the same bytes were imported before, and nothing changed. */
  | { readonly kind: 'done'; readonly existing: boolean; readonly result: ImportAnswer }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'cancelled' };

export const unreachable: Outcome = {
  kind: 'refused',
  code: 'unreachable',
  message:
    'Lost connection before the import finished; nothing was kept. Check that Dendro is running, then drop the file again.',
};

export type FileState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly sentBytes: number; readonly server: ServerProgress | null }
  | Outcome;

/** One file that was dropped or chosen. `key` names it to the server as well. */
export interface FileImport {
  readonly form: 'file';
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  readonly state: FileState;
}

export type BatchState =
  /** Its folders are being walked; the number of its files is not known yet. */
  | { readonly kind: 'finding' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  /** `result` is its import; null when nothing in it was new. */
  | { readonly kind: 'done'; readonly result: Import | null }
  /** The data imported before that stay. */
  | { readonly kind: 'cancelled' }
  /** Like `cancelled`, because the server could no longer be reached. */
  | { readonly kind: 'broken' }
  | Extract<Outcome, { kind: 'refused' }>;

/**
 * The files of a batch so far: imported logs, logs that were imported before, and files that are no logs. `sentBytes`
 * are the bytes sent of its files.
 */
export interface BatchCounts {
  readonly sentBytes: number;
  readonly imported: number;
  readonly existing: number;
  readonly passedOver: number;
}

/** A file with a remark. */
export interface ListedFile {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * A folder, or many files at once. `files` and `bytes` leave out files that are passed over; the lists are filled at
 * the end.
 */
export interface BatchImport {
  readonly form: 'batch';
  readonly key: string;
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly state: BatchState;
  readonly counts: BatchCounts;
  readonly passedOver: readonly ListedFile[];
  readonly refusals: readonly ListedFile[];
}

export type ImportItem = FileImport | BatchImport;

export const isActive = ({ kind }: ImportItem['state']): boolean =>
  kind === 'finding' || kind === 'waiting' || kind === 'running';

/** An item at work, as the queue sees it. `run` resolves at its end, also when it was cancelled before. */
export interface ImportTask {
  readonly key: string;
  item(): ImportItem;
  run(): Promise<void>;
  cancel(): void;
}

import type { ImportAnswer } from '@/lib/ingest/progress.ts';
import type { Import } from '@/lib/queries/shapes.ts';

/** How far the server has come with a file that it is receiving. */
export interface ServerProgress {
  readonly lines: number;
  readonly events: number;
  readonly rejected: number;
  readonly phase: string;
}

/** What came of a file that was sent. */
export type Outcome =
  /** `existing`: the same bytes were in already, and nothing changed. */
  | { readonly kind: 'done'; readonly existing: boolean; readonly result: ImportAnswer }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'cancelled' };

export const unreachable: Outcome = {
  kind: 'refused',
  code: 'unreachable',
  message:
    'The connection broke before the import was done, so nothing was kept. Is Dendro still running? Drop the file again.',
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
  /** Its folders are being walked; how many files it has is not known yet. */
  | { readonly kind: 'finding' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  /** `result` is its import; null when nothing in it was new. */
  | { readonly kind: 'done'; readonly result: Import | null }
  /** What was in by then stays. */
  | { readonly kind: 'cancelled' }
  /** The same, because the server could not be reached any more. */
  | { readonly kind: 'broken' }
  | Extract<Outcome, { kind: 'refused' }>;

/**
 * What became of the files of a batch so far: as logs that came in, that were in already, and that are no logs.
 * `sentBytes` are those of its files.
 */
export interface BatchCounts {
  readonly sentBytes: number;
  readonly imported: number;
  readonly existing: number;
  readonly passedOver: number;
}

/** A file with what is to be said about it. */
export interface ListedFile {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * A folder, or many files at once. `files` and `bytes` leave out what is passed over; the lists are filled when all is
 * done.
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

/** An item at work: what the queue sees of it. `run` resolves when it is through, also when it was cancelled before. */
export interface ImportTask {
  readonly key: string;
  item(): ImportItem;
  run(): Promise<void>;
  cancel(): void;
}

import type { Changes } from './changes.ts';
import type { Progress, RunningImport } from './progress.ts';

/** `logs` states the result of each log that was sent. */
export type ImportOutcome =
  | { readonly kind: 'created'; readonly importId: number; readonly logs: Progress['logs'] }
  /** All its logs are in already: most of them in this import. */
  | { readonly kind: 'existing'; readonly importId: number; readonly logs: Progress['logs'] }
  /** Nothing was kept except whole batches of logs that were stored before, as the message says. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const refusalCodes = [
  'no_events',
  'names_alone',
  'not_sent',
  'no_import',
  'body_too_large',
  'sender_silent',
  'cancelled',
  'storage_failed',
  'unsupported_archive',
  'packed_too_deep',
  'unpacked_too_large',
  'compression_ratio_too_high',
  'too_many_entries',
  'out_of_memory',
  'disk_full',
  'engine_failed',
  'database_damaged',
  'prompts_history',
  'exec_stream',
  'first_cli_session',
  'sqlite_database',
] as const;
export interface Refusal {
  readonly code: (typeof refusalCodes)[number];
  readonly message: string;
}

/** The refusal of a log that is larger than `most`, in bytes; its size may be known before any of it has come. */
export const bodyTooLarge = (most: number): Refusal => ({
  code: 'body_too_large',
  message: `The file is larger than ${most} bytes: split it, or raise DENDRO_MAX_BODY_BYTES.`,
});

export interface ImportRequest {
  readonly name: string;
  /** The log's bytes, as they come. Reading pauses when the importer has enough in hand. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly totalBytes: number | null;
  /** A name the client chose, to find its import among the running ones. */
  readonly clientKey: string | null;
  readonly signal: AbortSignal;
  /** The import that these logs are added to, for a drop in several requests. */
  readonly continues?: number | null;
  /** True if more of the drop comes in another request; until then its import is incomplete. */
  readonly more?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Adds and removes logs. Everything sent at once, one log or an archive of many, is one import. A log that is sent
 * alone comes in whole or not at all; of many logs, batches are stored one by one, and stored batches stay when the
 * rest does not come. When `import` resolves with `created`, everything accepted is durable.
 */
export interface Importer {
  /** Notifies listeners when figures change. */
  readonly changes: Changes;
  import(request: ImportRequest): Promise<ImportOutcome>;
  /** Imports under way, oldest first. */
  running(): readonly RunningImport[];
  /**
   * Removes one or more imports as if they had never come in, all at once. Returns the numbers without an import: if
   * there are any, nothing is removed.
   */
  delete(importIds: readonly number[]): Promise<readonly number[]>;
  /** Releases its files and the store. Call it when no import is under way. */
  close(): Promise<void>;
}

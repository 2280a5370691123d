import type { StrangerCode } from '../formats/strangers.ts';
import type { FactTable } from '../store/fact-tables.ts';
import type { EventCount, UnknownCount } from './tally.ts';

/** How much was rejected for one reason; `example` is the message of the first. */
export interface RejectCount {
  readonly code: string;
  readonly example: string;
  rejects: number;
}

/** A log that is in: its import and its number there. */
export interface StoredLog {
  readonly importId: number;
  readonly log: number;
}

/** A log that was read. Its first event and its first block of texts are counted from those of its batch. */
export interface ReadLog {
  readonly kind: 'read';
  /** Its path in the drop or archive; null for a file that was sent alone. */
  readonly path: string | null;
  /** Decompressed, as are the digests. */
  readonly bytes: number;
  readonly sha256: string;
  readonly firstLine: string | null;
  /** Checksums of the log up to the end of each of its first lines, four bytes each. */
  readonly prefixes: Uint8Array;
  /** An earlier version of it, which is removed when this one comes in. */
  readonly replaces: StoredLog | null;
  /** The import with a later version of it, which contains all of this one. */
  readonly laterIn: number | null;
  readonly lines: { readonly total: number; readonly blank: number; readonly rejected: number };
  readonly events: { readonly accepted: number; readonly unknown: number; readonly repaired: number };
  readonly firstEvent: number;
  readonly firstBlock: number;
  readonly blocks: number;
  /** Lines by the format they were read as. */
  readonly formats: ReadonlyMap<string, number>;
  readonly counts: readonly EventCount[];
  readonly unknowns: readonly UnknownCount[];
  /** All of them, also those that are only counted. */
  readonly rejects: readonly RejectCount[];
  readonly firstReject: { readonly line: number; readonly message: string } | null;
  /** The known kind of the file, if it is no log. */
  readonly stranger: StrangerCode | null;
  /** The first time in the log, for the events before it; null without one. */
  readonly firstTime: number | null;
  /** True if events got their time from their neighbours. */
  readonly orderedByNeighbours: boolean;
  /**
   * Set when events have times of a clock without a zone: how far that clock is ahead of UTC, ms, or null when the log
   * does not show it.
   */
  readonly zoneless: { readonly offset: number | null } | null;
}
/**
 * A log whose bytes are in, as a log of `importId` or as the beginning of one; null when an earlier log of the same
 * drop holds them.
 */
export interface KnownLog {
  readonly kind: 'already_in';
  readonly path: string | null;
  readonly sha256: string;
  readonly bytes: number;
  readonly importId: number | null;
}
/**
 * An entry that is no log: an entry of an archive, for a reason of `lib/formats/container`; or a file that was read in
 * vain, with the `reason` `no_events`, or `damaged` before any event. `detail` explains it.
 */
export interface PassedOver {
  readonly kind: 'passed_over';
  readonly path: string | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly bytes: number;
  readonly lines: number;
}
/** A log of which nothing is stored. */
export type UnreadLog = KnownLog | PassedOver;
/** The result of one log of a drop. */
export type LogEntry = ReadLog | UnreadLog;

/**
 * Rows that are ready to be stored: finished spool files by table, the ids of the threads that they name, and the file
 * of record texts with the number of its first block.
 */
export interface Segment {
  readonly spools: readonly { readonly table: FactTable | 'rejects'; readonly file: string }[];
  readonly threads: readonly string[];
  readonly texts: { readonly file: string; readonly firstBlock: number };
  /** The logs of the batch that this segment ends, in their order; null when more of the batch is to come. */
  readonly logs: readonly LogEntry[] | null;
  /** True for the last segment. */
  readonly last: boolean;
}

/** A log that a reader asks about before it reads it; the digest is null when it is not known yet. */
export interface AskedLog {
  readonly path: string | null;
  readonly sha256: string | null;
}
/** `knownIn` is the import with the same bytes; `current` is the log that now stands for this path. */
export interface Answer {
  readonly knownIn: number | null;
  readonly current: CurrentLog | null;
}
export interface CurrentLog extends StoredLog {
  readonly sha256: string;
  readonly bytes: number;
  readonly firstLine: string | null;
  readonly prefixes: Uint8Array | null;
}

import type { StrangerCode } from '../formats/strangers.ts';
import type { FactTable } from '../store/tables.ts';
import type { EventCount, UnknownCount } from './tally.ts';

/** One log within what was imported: the file itself, or an entry of an archive by its path. `passedOver` says why an entry was not read. */
export interface PartReading {
  readonly path: string | null;
  readonly passedOver: string | null;
  /** Decompressed. */
  readonly bytes: number;
  readonly lines: { readonly total: number; readonly blank: number; readonly rejected: number };
}

/** How much was rejected for one reason; `example` is the message of the first. */
export interface RejectCount { readonly code: string; readonly example: string; rejects: number }

/** What came of reading one import. */
export interface LogReading {
  readonly formats: Readonly<Record<string, number>>;
  readonly parts: readonly PartReading[];
  readonly events: { readonly accepted: number; readonly unknown: number; readonly repaired: number };
  readonly counts: readonly EventCount[];
  readonly unknowns: readonly UnknownCount[];
  /** All of them, also those that are not kept one by one. */
  readonly rejects: readonly RejectCount[];
  readonly firstReject: { readonly path: string | null; readonly line: number; readonly message: string } | null;
  /** What the file is, when it is no log and is known by name. */
  readonly stranger: StrangerCode | null;
  /** The first time that the log shows, for the events before it; null when it shows none. */
  readonly firstTime: number | null;
  /** Whether events got their time from their neighbours. */
  readonly orderedByNeighbours: boolean;
  /** When events have times of a clock without a zone: what that clock is ahead of UTC, ms, or null when the log does not tell. */
  readonly zoneless: { readonly offset: number | null } | null;
}

/** Rows of a log that are ready to be stored: finished spool files by table, and the file of record texts with the number of its first block. */
export interface Segment {
  readonly spools: readonly { readonly table: FactTable | 'rejects'; readonly file: string }[];
  readonly texts: { readonly file: string; readonly firstBlock: number };
}

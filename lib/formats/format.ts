import type { JsonObject } from '../events/json-object.ts';
import type { Span } from './json-text.ts';

/**
 * One event of a record. `recordedAt` is when the writer of the log recorded it, ms since the epoch, where the format
 * says so; `zoneless` when its clock names no zone, and the time was read as if it were UTC.
 */
export interface FoundEvent {
  readonly value: unknown;
  readonly recordedAt: number | null;
  readonly zoneless?: true;
}

/**
 * A way in which logs are written. A record is one JSON value: mostly a line, or several lines of a pretty-printed
 * file. A new format is one file like `capture.ts`, one line in `registry.ts`, one sample and one test.
 */
export interface Format {
  /** As `Import.formats` names it. */
  readonly name: string;
  /** Whether `record` is written in this format: by its content alone. */
  recognises(record: JsonObject): boolean;
  /** The events in it, in order. */
  events(record: JsonObject): readonly FoundEvent[];
  /**
   * Where these events' own texts lie in the record's text. Apart from `events` because it is asked for when one is
   * looked at, not for millions.
   */
  spans(record: JsonObject, text: string): readonly Span[];
}

import type { JsonObject } from '../events/json-object.ts';
import type { Span } from './json-text.ts';

/**
 * One event of a record. `recordedAt` is when the writer of the log recorded it, ms since the epoch, where the format
 * says so. `zoneless`: that clock names no zone, and the time is read as if it were UTC.
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
  /** Tells if `record` is written in this format: by its content alone. */
  recognises(record: JsonObject): boolean;
  /** The events in it, in order. */
  events(record: JsonObject): readonly FoundEvent[];
  /**
   * Returns where these events' own texts lie in the record's text. Separate from `events`: needed when one event is
   * shown, not for millions.
   */
  spans(record: JsonObject, text: string): readonly Span[];
}

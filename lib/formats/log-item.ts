import { isObject } from '../events/json-object.ts';
import type { FamiliarFind } from './familiar-lines.ts';
import type { FoundEvent } from './format.ts';
import { elementSpans, LineCount, type Span } from './json-text.ts';
import type { TextLine } from './lines.ts';
import type { LogRecord } from './records.ts';
import { formatOf } from './registry.ts';
import { strangerOf, strangers } from './strangers.ts';

/** The items of a log, in its order, whatever the format. `line` counts from 1. */
export type LogItem =
  | { readonly kind: 'blank'; readonly line: number }
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly text: string;
      readonly code: string;
      readonly message: string;
    }
  /**
   * `text` is the text to keep: `eventTextsOf` finds the events' own texts in it again. `spans` are theirs where they
   * stand on several lines.
   */
  | {
      readonly kind: 'record';
      readonly line: number;
      readonly text: string;
      readonly format: string;
      readonly events: readonly FoundEvent[];
      readonly spans: readonly Span[] | null;
    }
  /** Also a record; only its new parts were read. */
  | {
      readonly kind: 'familiar';
      readonly line: TextLine;
      readonly format: string;
      readonly events: readonly FamiliarFind[];
    };

/**
 * Reads a JSON value of a log as its items; an array as those of its elements. `recordedAt` is for values within
 * another document: when that document says it was sent, ms since the epoch, and the `format` it counts as.
 */
export function* itemsOf(
  record: LogRecord,
  recordedAt: number | null = null,
  format: string | null = null,
): Generator<LogItem> {
  if (record.kind === 'value' && format !== null)
    yield embedded(itemOf(record.line, record.value, record.text), recordedAt, format);
  else if (record.kind !== 'value') yield record;
  else if (Array.isArray(record.value)) yield* itemsOfArray(record.line, record.value, record.text);
  else yield itemOf(record.line, record.value, record.text);
}

const embedded = (item: LogItem, recordedAt: number | null, format: string): LogItem =>
  item.kind === 'record'
    ? {
        ...item,
        format,
        spans: null,
        events: item.events.map((found) => ({ ...found, recordedAt: found.recordedAt ?? recordedAt })),
      }
    : item;

function* itemsOfArray(line: number, values: readonly unknown[], text: string): Generator<LogItem> {
  const spans = elementSpans(text, text.search(/\S/));
  if (spans.length === 0)
    yield {
      kind: 'broken',
      line,
      text,
      code: 'not_an_event',
      message: 'This is JSON, but not a Codex event: an empty list.',
    };
  const lines = new LineCount(text, line);
  for (const [index, { start, end }] of spans.entries())
    yield itemOf(lines.at(start), values[index], text.slice(start, end));
}

function itemOf(line: number, value: unknown, text: string): LogItem {
  const format = isObject(value) ? formatOf(value) : null;
  if (!format || !isObject(value)) {
    const stranger = isObject(value) ? strangerOf(value) : null;
    if (stranger) return { kind: 'broken', line, text, code: stranger, message: strangers[stranger] };
    const kind = isObject(value) && typeof value.record_type === 'string' ? `: a ${value.record_type} record` : '';
    return { kind: 'broken', line, text, code: 'not_an_event', message: `This is JSON, but not a Codex event${kind}.` };
  }
  return {
    kind: 'record',
    line,
    text,
    format: format.name,
    events: format.events(value),
    spans: text.includes('\n') ? format.spans(value, text) : null,
  };
}

import { isObject } from '../events/json-object.ts';
import type { FamiliarFind } from './familiar-lines.ts';
import type { FoundEvent } from './format.ts';
import { elementSpans, LineCount, type Span } from './json-text.ts';
import type { TextLine } from './lines.ts';
import type { LogRecord } from './records.ts';
import { formatOf } from './registry.ts';
import { strangerOf, strangers } from './strangers.ts';

/** What stands in a log, in its order, whatever the format. `line` counts from 1. */
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
   * `text` is what is kept of it: `eventTextsOf` finds the events' own texts in it again. `spans` are theirs where they
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
  /** A record as well, of which nothing but what is new about it was read. */
  | {
      readonly kind: 'familiar';
      readonly line: TextLine;
      readonly format: string;
      readonly events: readonly FamiliarFind[];
    };

/**
 * A JSON value of a log as what it holds; an array as what its elements hold. With `recordedAt`, for what is kept
 * within another document: when that says that it was sent, ms since the epoch, and as which `format` it counts.
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
      message: 'This is JSON, but no Codex event: an empty list.',
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
    const kind =
      isObject(value) && typeof value.record_type === 'string' ? `a ${value.record_type} record` : 'something else';
    return { kind: 'broken', line, text, code: 'not_an_event', message: `This is JSON, but no Codex event: ${kind}.` };
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

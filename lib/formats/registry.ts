import { isObject, type JsonObject } from '../events/json-object.ts';
import { bare } from './bare.ts';
import { capture } from './capture.ts';
import type { Format } from './format.ts';
import { sessionIndex } from './session-index.ts';
import { sink } from './sink.ts';

/** In the order of tries: the commonest first. */
export const formats: readonly Format[] = [capture, sink, bare, sessionIndex];

/** The format that a record is written in, found by its content. */
export const formatOf = (record: JsonObject): Format | null =>
  formats.find((format) => format.recognises(record)) ?? null;

/** Returns the texts of a record's events, in order, byte for byte as in the log. */
export function eventTextsOf(recordText: string): string[] {
  const record: unknown = JSON.parse(recordText);
  const format = isObject(record) ? formatOf(record) : null;
  return isObject(record) && format
    ? format.spans(record, recordText).map(({ start, end }) => recordText.slice(start, end))
    : [];
}

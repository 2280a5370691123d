import { readRecord } from './collector-record.ts';
import { beginsCollectorRecord, collectorHeader, readHeader } from './header.ts';

/** The beginning of another record on a line of a collector: a header, or a record as Codex writes it. */
const another = new RegExp(
  String.raw`${collectorHeader}|\{"(?:timestamp":"|events":\[|event_type":"|record_type":")`,
  'g',
);
/** How often a line is read to its end to check if a record only seems to begin within a string of another one. */
const mostReadings = 8;

/**
 * Splits a line of a collector into the records that begin on it: mostly one. A record that was cut off ends where the
 * next one begins, unless that beginning stands within a string. The last part may hold several, when it is JSON.
 */
export function partsOf(line: string, nesting: number): readonly string[] {
  const parts: string[] = [];
  let [from, readings] = [0, 0];
  another.lastIndex = 1;
  for (let match = another.exec(line); match; match = another.exec(line)) {
    const { index } = match;
    const part = line.slice(from, index);
    // The header that begins the line may be indented.
    if (part.trim() === '') continue;
    if (
      readings < mostReadings &&
      beginsCollectorRecord(part) &&
      readHeader(part).kind === 'literal' &&
      readRecord(part, nesting).kind !== 'event'
    ) {
      readings++;
      if (readRecord(line.slice(from), nesting).kind === 'event') continue;
    }
    parts.push(part);
    from = index;
    // A record of Codex may hold others.
    if (line[index] === '{') break;
    another.lastIndex = index + 1;
  }
  return [...parts, line.slice(from)];
}

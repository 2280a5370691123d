import { isObject } from '../events/json-object.ts';
import { beginsCollectorRecord, CollectorReader, type CollectorRecord } from './collector/collector-reader.ts';
import { FamiliarLines } from './familiar-lines.ts';
import { HarReader, isHar, type HarRecord } from './har/reader.ts';
import { itemsOf, type LogItem } from './log-item.ts';
import { LineFramer, type Line, type TextLine } from './lines.ts';
import { RecordReader, type RecordLimits } from './records.ts';
import { rolloutEvent } from './rollout/events.ts';
import type { RolloutOutput } from './rollout/facts.ts';
import { isRolloutLine, RolloutReader } from './rollout/reader.ts';

export interface LogLimits extends RecordLimits { /** Whether threads get titles, from what the user first wrote. */ readonly titles: boolean }

/** So many bytes tell whether a log is one HAR document. */
const beginningBytes = 512;

/** Reads the bytes of one log into what stands in it. Formats may mix, line by line; each is recognised by its content. */
export class LogItems {
  readonly #limits: LogLimits;
  readonly #formats = new Map<string, number>();
  #beginning: Uint8Array | null = new Uint8Array();
  #har: HarReader | null = null;
  readonly #framer: LineFramer;
  readonly #familiar = new FamiliarLines();
  readonly #records: RecordReader;
  readonly #rollout: RolloutReader;
  readonly #collector: CollectorReader;
  #lastLine = 0;

  constructor(limits: LogLimits) {
    this.#limits = limits;
    this.#framer = new LineFramer(limits.lineBytes);
    this.#records = new RecordReader(limits);
    this.#rollout = new RolloutReader(limits);
    this.#collector = new CollectorReader(limits);
  }

  /** Lines so far. */
  get lines(): number {
    return this.#har?.lines ?? this.#lastLine;
  }

  /** Lines by the format that they were read as; of values that stand on several lines, the values. */
  get formats(): ReadonlyMap<string, number> {
    return this.#formats;
  }

  *push(bytes: Uint8Array): Generator<LogItem> {
    if (this.#beginning === null) yield* this.#read(bytes);
    else {
      this.#beginning = this.#beginning.length === 0 ? bytes : Buffer.concat([this.#beginning, bytes]);
      if (this.#beginning.length >= beginningBytes) yield* this.#begin(this.#beginning);
    }
  }

  *end(): Generator<LogItem> {
    if (this.#beginning !== null) yield* this.#begin(this.#beginning);
    if (this.#har) yield* this.#harItems(this.#har.end());
    for (const line of this.#framer.end()) yield* this.#readLine(line);
    for (const record of this.#records.end()) yield* this.#counted(itemsOf(record));
    yield* rolloutItems(this.#rollout.end());
    yield* collectorItems(this.#collector.end());
  }

  *#begin(beginning: Uint8Array): Generator<LogItem> {
    this.#beginning = null;
    if (isHar(Buffer.from(beginning.subarray(0, beginningBytes)).toString('utf8'))) this.#har = new HarReader(this.#limits);
    yield* this.#read(beginning);
  }

  *#read(bytes: Uint8Array): Generator<LogItem> {
    if (this.#har) yield* this.#harItems(this.#har.push(bytes));
    else for (const line of this.#framer.push(bytes)) yield* this.#readLine(line);
  }

  *#readLine(line: Line): Generator<LogItem> {
    this.#lastLine = line.number;
    if (line.problem !== undefined || this.#records.gathers) {
      yield* this.#readRecord(line);
      return;
    }
    const familiar = this.#collector.isInRecord ? null : this.#familiar.read(line);
    if (familiar) {
      this.#count(familiar.format);
      yield { kind: 'familiar', line, ...familiar };
    } else yield* this.#readText(line);
  }

  *#readText(line: TextLine): Generator<LogItem> {
    if (isRolloutLine(line.text)) {
      this.#count('rollout');
      yield* rolloutItems(this.#rollout.push(line.number, line.text));
    } else if (beginsCollectorRecord(line.text) || (this.#collector.isInRecord && !line.text.startsWith('{"'))) {
      this.#count('collector');
      yield* collectorItems(this.#collector.push(line.number, line.text));
    } else {
      yield* collectorItems(this.#collector.end());
      yield* this.#readRecord(line);
    }
  }

  *#readRecord(line: Line): Generator<LogItem> {
    for (const record of this.#records.push(line)) {
      yield* this.#counted(itemsOf(record));
      if (line.problem === undefined && record.kind === 'value' && record.text === line.text && isObject(record.value)) this.#familiar.learn(line, record.value);
    }
  }

  *#harItems(records: Iterable<HarRecord>): Generator<LogItem> {
    for (const record of records) {
      this.#count('har');
      if (record.kind === 'broken') yield record;
      else if (record.kind === 'body') yield* itemsOf({ ...record, kind: 'value' }, record.recordedAt, 'har');
      else if (record.kind === 'turn_metadata') {
        const text = `{"event_type":"turn_metadata","event_params":${record.text}}`;
        yield { kind: 'record', line: record.line, text, format: 'har', events: [{ value: JSON.parse(text), recordedAt: record.recordedAt }], spans: null };
      }
    }
  }

  *#counted(items: Iterable<LogItem>): Generator<LogItem> {
    for (const item of items) {
      if (item.kind === 'record') this.#count(item.format);
      yield item;
    }
  }

  #count(format: string): void {
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
  }
}

function* rolloutItems(outputs: Iterable<RolloutOutput>): Generator<LogItem> {
  for (const output of outputs) {
    if (output.kind === 'broken') yield output;
    else {
      const value = rolloutEvent(output);
      yield { kind: 'record', line: output.line, text: JSON.stringify(value), format: 'rollout', events: [{ value, recordedAt: null }], spans: null };
    }
  }
}

function* collectorItems(records: Iterable<CollectorRecord>): Generator<LogItem> {
  for (const record of records) {
    if (record.kind === 'broken') yield record;
    else {
      const { line, text, value, receivedAt } = record;
      yield { kind: 'record', line, text, format: 'collector', events: [{ value, recordedAt: receivedAt, zoneless: true }], spans: null };
    }
  }
}

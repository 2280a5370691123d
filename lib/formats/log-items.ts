import { isObject } from '../events/json-object.ts';
import { beginsCollectorRecord, CollectorReader, type CollectorRecord } from './collector/collector-reader.ts';
import { partsOf } from './collector/parts.ts';
import { decoderOf } from './encoding.ts';
import { FamiliarLines } from './familiar-lines.ts';
import { HarReader, isHar, type HarRecord } from './har/reader.ts';
import { itemsOf, type LogItem } from './log-item.ts';
import { LineFramer, type Line, type TextLine } from './lines.ts';
import { isOneValue, piecesOf } from './pieces.ts';
import { RecordReader, type BrokenRecord, type LogRecord, type RecordLimits } from './records.ts';
import { rolloutEvent } from './rollout/events.ts';
import type { RolloutOutput } from './rollout/facts.ts';
import { problemOf } from './rollout/line.ts';
import { isRolloutLine, RolloutReader } from './rollout/reader.ts';
import { sessionIndex } from './session-index.ts';

export interface LogLimits extends RecordLimits {
  /** True if threads get titles, from the user's first words or a name that the user gave. */
  readonly titles: boolean;
}

/** The bytes that show if a log is one HAR document. */
const beginningBytes = 512;

/** Reads the bytes of one log into its items. Formats may mix, line by line; each is recognised by its content. */
export class LogItems {
  readonly #limits: LogLimits;
  readonly #formats = new Map<string, number>();
  #beginning: Uint8Array | null = new Uint8Array();
  #decoder: TextDecoder | null = null;
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

  /** Lines by the format that they were read as; a value on several lines counts once. */
  get formats(): ReadonlyMap<string, number> {
    return this.#formats;
  }

  *push(bytes: Uint8Array): Generator<LogItem> {
    if (this.#beginning === null) yield* this.#decoded(bytes);
    else {
      this.#beginning = this.#beginning.length === 0 ? bytes : Buffer.concat([this.#beginning, bytes]);
      if (this.#beginning.length >= beginningBytes) yield* this.#begin(this.#beginning);
    }
  }

  *end(): Generator<LogItem> {
    if (this.#beginning !== null) yield* this.#begin(this.#beginning);
    if (this.#decoder) yield* this.#read(Buffer.from(this.#decoder.decode()));
    if (this.#har) yield* this.#harItems(this.#har.end());
    for (const line of this.#framer.end()) yield* this.#readLine(line);
    yield* this.#taken(this.#records.end(), null);
    yield* this.#rolloutItems(this.#rollout.end());
    yield* collectorItems(this.#collector.end());
  }

  *#begin(beginning: Uint8Array): Generator<LogItem> {
    this.#beginning = null;
    this.#decoder = decoderOf(beginning);
    const text = (decoderOf(beginning) ?? new TextDecoder()).decode(beginning.subarray(0, beginningBytes));
    if (isHar(text)) this.#har = new HarReader(this.#limits);
    yield* this.#decoded(beginning);
  }

  *#decoded(bytes: Uint8Array): Generator<LogItem> {
    yield* this.#read(this.#decoder ? Buffer.from(this.#decoder.decode(bytes, { stream: true })) : bytes);
  }

  *#read(bytes: Uint8Array): Generator<LogItem> {
    if (this.#har) yield* this.#harItems(this.#har.push(bytes));
    else for (const line of this.#framer.push(bytes)) yield* this.#readLine(line);
  }

  *#readLine(line: Line): Generator<LogItem> {
    this.#lastLine = line.number;
    if (line.problem !== undefined) {
      yield* this.#readRecord(line);
      return;
    }
    if (this.#records.gathers) {
      if (!isRolloutLine(line.text) && !beginsCollectorRecord(line.text)) {
        yield* this.#readRecord(line);
        return;
      }
      // No value on several lines has such a line in it: the value that seemed to begin was cut off.
      yield* this.#taken(this.#records.end(), null);
    }
    const familiar = this.#collector.isInRecord ? null : this.#familiar.read(line);
    if (familiar) {
      this.#count(familiar.format);
      yield { kind: 'familiar', line, ...familiar };
    } else if (!(yield* this.#readText(line.number, line.text))) {
      yield* collectorItems(this.#collector.end());
      yield* this.#readRecord(line);
    }
  }

  /** Reads lines of rollouts and of collectors; false for others. */
  *#readText(number: number, text: string): Generator<LogItem, boolean> {
    if (isRolloutLine(text)) {
      if (isOneValue(text)) yield* this.#readRollout(number, text);
      else yield* this.#readPieces(number, text);
      return true;
    }
    if (!beginsCollectorRecord(text) && (!this.#collector.isInRecord || text.startsWith('{"'))) return false;
    const [first = '', ...others] = partsOf(text, this.#limits.nesting);
    this.#count('collector');
    yield* collectorItems(this.#collector.push(number, first));
    for (const other of others) yield* this.#readPieces(number, other);
    return true;
  }

  *#readRollout(number: number, text: string): Generator<LogItem> {
    yield* collectorItems(this.#collector.end());
    this.#count('rollout');
    yield* this.#rolloutItems(this.#rollout.push(number, text));
  }

  *#rolloutItems(outputs: Iterable<RolloutOutput>): Generator<LogItem> {
    for (const output of outputs) {
      if (output.kind === 'broken') yield output;
      else {
        const value = rolloutEvent(output, this.#rollout.recordsRead);
        yield {
          kind: 'record',
          line: output.line,
          text: JSON.stringify(value),
          format: 'rollout',
          events: [{ value, recordedAt: null }],
          spans: null,
        };
      }
    }
  }

  #brokenRollout(line: number, text: string): LogItem | null {
    const problem = problemOf(text);
    if (problem) this.#count('rollout');
    return problem && { ...problem, line, text };
  }

  *#readRecord(line: Line): Generator<LogItem> {
    yield* this.#taken(this.#records.push(line), line.problem === undefined ? line : null);
  }

  /**
   * Reads the items of records. Records that stand on several lines, or were gathered for one that does, are read like
   * any line.
   */
  *#taken(records: Iterable<LogRecord>, line: TextLine | null): Generator<LogItem> {
    for (const record of records) {
      const isText =
        record.kind === 'value' ||
        (record.kind === 'broken' && (record.code === 'invalid_json' || record.code === 'truncated_json'));
      if (isText && record.text !== line?.text && (yield* this.#readText(record.line, record.text))) continue;
      if (isText && record.kind === 'broken') yield* this.#readPieces(record.line, record.text, record);
      else yield* this.#counted(itemsOf(record));
      if (line && record.kind === 'value' && record.text === line.text && isObject(record.value))
        this.#familiar.learn(line, record.value);
    }
  }

  /** Reads the pieces of a line that is not one value. `broken` is reported when none of them can be read. */
  *#readPieces(number: number, text: string, broken: BrokenRecord | null = null): Generator<LogItem> {
    for (const piece of piecesOf(text)) {
      if (piece.kind === 'torn') {
        yield (
          (piece.text.length === text.length ? (broken ?? this.#brokenRollout(number, text)) : null) ??
          tornItem(number, piece.text)
        );
      } else if (piece.kind === 'collector' || isRolloutLine(piece.text)) yield* this.#readText(number, piece.text);
      else {
        yield* collectorItems(this.#collector.end());
        yield* this.#counted(itemsOf(this.#records.parse(number, piece.text)));
      }
    }
  }

  *#harItems(records: Iterable<HarRecord>): Generator<LogItem> {
    for (const record of records) {
      this.#count('har');
      if (record.kind === 'broken') yield record;
      else if (record.kind === 'body') yield* itemsOf({ ...record, kind: 'value' }, record.recordedAt, 'har');
      else if (record.kind === 'turn_metadata') {
        const text = `{"event_type":"turn_metadata","event_params":${record.text}}`;
        yield {
          kind: 'record',
          line: record.line,
          text,
          format: 'har',
          events: [{ value: JSON.parse(text), recordedAt: record.recordedAt }],
          spans: null,
        };
      }
    }
  }

  *#counted(items: Iterable<LogItem>): Generator<LogItem> {
    for (const item of items) {
      if (item.kind === 'record') this.#count(item.format);
      if (item.kind === 'record' && item.format === sessionIndex.name && !this.#limits.titles) continue;
      yield item;
    }
  }

  #count(format: string): void {
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
  }
}

/** Reports the unreadable part of a line that has readable ones. */
const tornItem = (line: number, text: string): LogItem =>
  /^[[{]/.test(text)
    ? {
        kind: 'broken',
        line,
        text,
        code: 'truncated_json',
        message: 'A record is cut off here, and something else follows on the same line.',
      }
    : {
        kind: 'broken',
        line,
        text,
        code: 'invalid_json',
        message: 'Part of this line is not JSON. Its records were read.',
      };

function* collectorItems(records: Iterable<CollectorRecord>): Generator<LogItem> {
  for (const record of records) {
    if (record.kind === 'broken') yield record;
    else {
      const { line, text, value, receivedAt } = record;
      yield {
        kind: 'record',
        line,
        text,
        format: 'collector',
        events: [{ value, recordedAt: receivedAt, zoneless: true }],
        spans: null,
      };
    }
  }
}

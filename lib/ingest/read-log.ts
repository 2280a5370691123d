import path from 'node:path';
import { crc32 } from 'node:zlib';
import { isObject, readEvent } from '../events/read-event.ts';
import type { CodexEvent, Problem } from '../events/event.ts';
import type { FoundEvent } from '../formats/format.ts';
import { elementSpans, type Span } from '../formats/json-text.ts';
import { LineFramer, type Line } from '../formats/lines.ts';
import { RecordReader, type LogRecord, type RecordLimits } from '../formats/records.ts';
import { formatOf } from '../formats/registry.ts';
import { SpoolWriter } from '../store/spool.ts';
import { tables, type FactTable } from '../store/tables.ts';
import { EventTextWriter, type TextPlace } from './event-texts.ts';
import { addFacts, EvidenceCollector, type FactSink } from './facts.ts';
import { identityText, PlaceInLog } from './identity.ts';
import type { Progress } from './progress.ts';
import { LogClock } from './times.ts';

/** What came of reading one log. */
export interface LogReading {
  readonly bytes: number;
  readonly formats: Readonly<Record<string, number>>;
  readonly lines: { readonly total: number; readonly blank: number; readonly rejected: number };
  readonly events: { readonly accepted: number; readonly unknown: number; readonly repaired: number };
  readonly firstReject: { readonly line: number; readonly message: string } | null;
  /** The first time that the log shows, for the events before it; null when it shows none. */
  readonly firstTime: number | null;
  /** Whether events got their time from their neighbours. */
  readonly orderedByNeighbours: boolean;
}

/** Rows of a log that are ready to be stored: finished spool files by table, and the file of record texts with the number of its first block. */
export interface Segment {
  readonly spools: readonly { readonly table: FactTable | 'rejects'; readonly file: string }[];
  readonly texts: { readonly file: string; readonly firstBlock: number };
}

const excerptLength = 200;
/** The columns of a row behind its ordinal, or behind its line. */
const columnsOf = (table: FactTable | 'rejects'): readonly string[] => Object.keys(tables[table]).slice(2);

/** A record on its way: `where` its text has been put, and `spans` when it stands on several lines. */
interface RecordOfEvents { readonly line: number; readonly text: string; readonly where: TextPlace; readonly spans: readonly Span[] | null }
type Rejection = { readonly code: string; readonly message: string };

function lineAt({ line, text }: RecordOfEvents, position: number): number {
  let number = line;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) number++;
  return number;
}

/** A segment is given away after so many bytes of the log, so that it can be stored while the next one is read. */
const segmentBytes = 64 << 20;

/**
 * Reads one log and spools its rows. Nothing is written but files in `folder`. Memory is bounded by the line limit; time is linear in the bytes.
 * Call `push` for each piece of bytes, then `end` once; each may give a finished segment.
 */
export class LogReader {
  readonly #folder: string;
  readonly #framer: LineFramer;
  readonly #records: RecordReader;
  #texts: EventTextWriter;
  #segments = 0;
  #segmentBytes = 0;
  #spools = new Map<FactTable | 'rejects', SpoolWriter>();
  readonly #place = new PlaceInLog();
  readonly #clock = new LogClock();
  readonly #evidence = new EvidenceCollector();
  readonly #formats = new Map<string, number>();
  #bytes = 0;
  #lines = 0;
  #blank = 0;
  #rejectedLines = 0;
  #lastRejectedLine = 0;
  #firstReject: LogReading['firstReject'] = null;
  #accepted = 0;
  #unknown = 0;
  #repaired = 0;
  #orderedByNeighbours = false;

  constructor({ folder, limits }: { readonly folder: string; readonly limits: RecordLimits }) {
    this.#folder = folder;
    this.#framer = new LineFramer(limits.lineBytes);
    this.#records = new RecordReader(limits);
    this.#texts = new EventTextWriter(path.join(folder, 'texts-0'), 0);
  }

  get progress(): Progress {
    return { bytes: this.#bytes, lines: this.#lines, events: this.#accepted, rejected: this.#rejectedLines };
  }

  async push(bytes: Uint8Array): Promise<Segment | null> {
    this.#bytes += bytes.length;
    this.#segmentBytes += bytes.length;
    for (const line of this.#framer.push(bytes)) this.#take(line);
    await this.#texts.ready();
    for (const spool of this.#spools.values()) await spool.ready();
    return this.#segmentBytes >= segmentBytes ? this.#finishSegment() : null;
  }

  async end(): Promise<{ readonly segment: Segment; readonly reading: LogReading }> {
    for (const line of this.#framer.end()) this.#take(line);
    for (const record of this.#records.end()) this.#takeRecord(record);
    const segment = await this.#finishSegment();
    const reading = {
      bytes: this.#bytes, formats: Object.fromEntries(this.#formats), lines: { total: this.#lines, blank: this.#blank, rejected: this.#rejectedLines },
      events: { accepted: this.#accepted, unknown: this.#unknown, repaired: this.#repaired },
      firstReject: this.#firstReject, firstTime: this.#clock.first, orderedByNeighbours: this.#orderedByNeighbours,
    };
    return { segment, reading };
  }

  async #finishSegment(): Promise<Segment> {
    const [texts, spools] = [this.#texts, [...this.#spools]];
    this.#segments++;
    this.#segmentBytes = 0;
    this.#spools = new Map();
    await texts.end();
    this.#texts = new EventTextWriter(path.join(this.#folder, `texts-${this.#segments}`), texts.nextBlock);
    for (const [, spool] of spools) await spool.end();
    return { spools: spools.map(([table, { file }]) => ({ table, file })), texts: { file: texts.file, firstBlock: texts.firstBlock } };
  }

  /** Lets go of the files, for a log that is not wanted any more. */
  destroy(): void {
    this.#texts.destroy();
    for (const spool of this.#spools.values()) spool.destroy();
  }

  #take(line: Line): void {
    this.#lines = line.number;
    for (const record of this.#records.push(line)) this.#takeRecord(record);
  }

  #takeRecord(record: LogRecord): void {
    if (record.kind === 'blank') this.#blank++;
    else if (record.kind === 'broken') this.#reject(record.line, record, record.text);
    else if (Array.isArray(record.value)) this.#takeArray(record.line, record.value, record.text);
    else this.#takeValue(record.line, record.value, record.text);
  }

  /** A JSON array: each element as if it stood alone. */
  #takeArray(line: number, values: readonly unknown[], text: string): void {
    const spans = elementSpans(text, text.search(/\S/));
    if (spans.length === 0) this.#reject(line, { code: 'not_an_event', message: 'This is JSON, but no Codex event: an empty list.' }, text);
    let [number, counted] = [line, 0];
    spans.forEach(({ start, end }, index) => {
      for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) number++;
      counted = start;
      this.#takeValue(number, values[index], text.slice(start, end));
    });
  }

  #takeValue(line: number, value: unknown, text: string): void {
    const format = isObject(value) ? formatOf(value) : null;
    if (!format || !isObject(value)) {
      this.#reject(line, this.#strange(value), text);
      return;
    }
    this.#formats.set(format.name, (this.#formats.get(format.name) ?? 0) + 1);
    const where = this.#texts.add(text);
    this.#place.advance(where.checksum, where.length);
    const record: RecordOfEvents = { line, text, where, spans: text.includes('\n') ? format.spans(value, text) : null };
    format.events(value).forEach((found, item) => this.#takeEvent(record, found, item));
  }

  #strange(value: unknown): Problem {
    const kind = isObject(value) && typeof value.record_type === 'string' ? `a ${value.record_type} record` : 'something else';
    return { code: 'not_an_event', message: `This is JSON, but no Codex event: ${kind}.` };
  }

  #takeEvent(record: RecordOfEvents, found: FoundEvent, item: number): void {
    const start = record.spans?.[item]?.start;
    const line = start === undefined ? record.line : lineAt(record, start);
    const result = readEvent(found.value);
    if (!result.ok) {
      this.#addReject(line, result.problem, start === undefined ? record.text : record.text.slice(start));
      return;
    }
    this.#addEvent(result.event, record, line, found, item);
    this.#accepted++;
    if (result.event.kind === 'unknown') this.#unknown++;
    if (result.repaired.length > 0) this.#repaired++;
  }

  #addEvent(event: CodexEvent, record: RecordOfEvents, line: number, found: FoundEvent, item: number): void {
    const when = this.#clock.timeOf(event.time, found.recordedAt, event.turnId);
    if (when.source === 'order') this.#orderedByNeighbours = true;
    const { where } = record;
    this.#add('logged_events', {
      line, item, type: event.type, kind: event.kind, thread_id: event.threadId, turn_id: event.turnId, time: when.time, time_source: when.source,
      ended_at: event.endedAt, outcome: event.outcome, identity: identityText(event, found.value, this.#place, item), checksum: where.checksum,
      text_block: where.block, text_start: where.start, text_length: where.length,
    });
    addFacts(event, when, this.#add);
    this.#evidence.collect(event, when, this.#add);
  }

  readonly #add: FactSink = (table, fact) => {
    this.#spool(table).add(this.#accepted, fact);
  };

  #reject(line: number, problem: Rejection, text: string): void {
    this.#place.advance(crc32(text), text.length);
    this.#addReject(line, problem, text);
  }

  #addReject(line: number, problem: Rejection, text: string): void {
    if (line !== this.#lastRejectedLine) this.#rejectedLines++;
    this.#lastRejectedLine = line;
    this.#firstReject ??= { line, message: problem.message };
    this.#spool('rejects').add(line, { code: problem.code, message: problem.message, excerpt: text.slice(0, excerptLength) });
  }

  #spool(table: FactTable | 'rejects'): SpoolWriter {
    let spool = this.#spools.get(table);
    if (!spool) {
      spool = new SpoolWriter(path.join(this.#folder, `${table}-${this.#segments}`), columnsOf(table));
      this.#spools.set(table, spool);
    }
    return spool;
  }
}


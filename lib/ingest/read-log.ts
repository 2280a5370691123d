import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { CodexEvent } from '../events/event.ts';
import { unknownsIn, type Unknown } from '../events/inventory.ts';
import { isObject } from '../events/json-object.ts';
import { readEvent } from '../events/read-event.ts';
import type { FoundEvent } from '../formats/format.ts';
import { LineCount } from '../formats/json-text.ts';
import type { LogItem } from '../formats/log-item.ts';
import { LogItems, type LogLimits } from '../formats/log-items.ts';
import { isStrangerCode, type StrangerCode } from '../formats/strangers.ts';
import { SpoolWriter } from '../store/spool.ts';
import { tables, type FactTable } from '../store/tables.ts';
import { EventTextWriter, type TextPlace } from './event-texts.ts';
import { addFacts, EvidenceCollector, type FactSink } from './facts.ts';
import { identityOf, PlaceInLog } from './identity.ts';
import type { LogReading, PartReading, RejectCount, Segment } from './log-reading.ts';
import type { Progress } from './progress.ts';
import { Tally } from './tally.ts';
import { LogClock } from './times.ts';

type RecordItem = Extract<LogItem, { kind: 'record' }>;
type FamiliarItem = Extract<LogItem, { kind: 'familiar' }>;
type Rejection = { readonly code: string; readonly message: string };
type SpooledTable = FactTable | 'rejects';

const excerptLength = 200;
/** So many rejects of an import are kept one by one, the first ones; more are only counted. One line may hold millions of things that are no events. */
export const mostRejectsKept = 1000;
/** The columns of a row behind its ordinal, or behind its part. */
const columnsOf = (table: SpooledTable): readonly string[] => Object.keys(tables[table]).slice(2);

function strangeIn({ source, kind, type }: CodexEvent, { value }: FoundEvent): readonly Unknown[] {
  return source === 'analytics' && kind !== 'unknown' && isObject(value) && isObject(value.event_params) ? unknownsIn(type, value.event_params) : [];
}
const nothingRepaired: readonly string[] = [];

/** A segment is given away after so many bytes of the log, so that it can be stored while the next one is read. */
const segmentBytes = 64 << 20;

type KeptReject = { readonly line: number } & Readonly<Record<'code' | 'message' | 'excerpt', string>>;
function countReject(counts: Map<string, RejectCount>, { code, example, rejects }: RejectCount): void {
  const counted = counts.get(code);
  if (counted) counted.rejects += rejects;
  else counts.set(code, { code, example, rejects });
}

/** One log within what is imported, while it is read. Its rejects wait until it is known to be a log. */
interface OpenPart { readonly path: string | null; readonly items: LogItems; readonly eventsBefore: number; readonly strangers: Map<StrangerCode, number>; readonly rejects: Map<string, RejectCount>; readonly rejectsKept: KeptReject[]; bytes: number; blank: number; rejected: number; lastRejected: number }

/**
 * Reads one import and spools its rows. Nothing is written but files in `folder`. Memory is bounded by the line limit; time is linear in the bytes.
 * For each log in it call `begin`, then `push` for each piece of its bytes, then `finish`; `end` once. `push` and `end` may give a finished segment.
 */
export class LogReader {
  readonly #folder: string;
  readonly #limits: LogLimits;
  readonly #parts: PartReading[] = [];
  readonly #formats = new Map<string, number>();
  #part: OpenPart | null = null;
  #texts: EventTextWriter;
  #segments = 0;
  #segmentBytes = 0;
  #spools = new Map<SpooledTable, SpoolWriter>();
  readonly #place = new PlaceInLog();
  readonly #clock = new LogClock();
  readonly #evidence = new EvidenceCollector();
  readonly #tally = new Tally();
  #format: string | null = null;
  #lines = 0;
  #rejectedLines = 0;
  #firstReject: LogReading['firstReject'] = null;
  readonly #rejects = new Map<string, RejectCount>();
  #rejectsKept = 0;
  #stranger: StrangerCode | null = null;
  #orderedByNeighbours = false;

  constructor({ folder, limits }: { readonly folder: string; readonly limits: LogLimits }) {
    this.#folder = folder;
    this.#limits = limits;
    this.#texts = new EventTextWriter(path.join(folder, 'texts-0'), 0);
  }

  get progress(): Omit<Progress, 'bytes'> {
    return { lines: this.#lines + (this.#part?.items.lines ?? 0), events: this.#tally.accepted, rejected: this.#rejectedLines };
  }

  begin(path: string | null): void {
    this.#part = { path, items: new LogItems(this.#limits), eventsBefore: this.#tally.accepted, strangers: new Map(), rejects: new Map(), rejectsKept: [], bytes: 0, blank: 0, rejected: 0, lastRejected: 0 };
  }

  push(bytes: Uint8Array): Segment | null {
    const part = this.#openPart();
    part.bytes += bytes.length;
    this.#segmentBytes += bytes.length;
    for (const item of part.items.push(bytes)) this.#take(item, part);
    return this.#segmentBytes >= segmentBytes ? this.#finishSegment() : null;
  }

  /** The log is over; `damage` says why it ends before its end. */
  finish(damage: Rejection | null = null): void {
    const part = this.#openPart();
    for (const item of part.items.end()) this.#take(item, part);
    const { lines, formats } = part.items;
    if (damage) this.#addReject(part, Math.max(1, lines), damage, '');
    for (const [format, count] of formats) this.#formats.set(format, (this.#formats.get(format) ?? 0) + count);
    const stranger = this.#strangerIn(part);
    if (stranger !== null && part.path === null) this.#stranger = stranger;
    else if (stranger !== null && part.path !== null) {
      this.#rejectedLines -= part.rejected;
      this.#part = null;
      this.passOver(part.path, stranger);
      return;
    }
    for (const counted of part.rejects.values()) countReject(this.#rejects, counted);
    for (const reject of part.rejectsKept) this.#spool('rejects').add(this.#parts.length, reject);
    this.#rejectsKept += part.rejectsKept.length;
    this.#parts.push({ path: part.path, passedOver: null, bytes: part.bytes, lines: { total: lines, blank: part.blank, rejected: part.rejected } });
    this.#lines += lines;
    this.#part = null;
  }

  /** What a log without an event is, when most of its lines are of one of these files. */
  #strangerIn({ eventsBefore, strangers, rejected }: OpenPart): StrangerCode | null {
    if (this.#tally.accepted > eventsBefore) return null;
    for (const [code, lines] of strangers) if (lines * 2 > rejected) return code;
    return null;
  }

  /** An entry of an archive that is no log. */
  passOver(path: string, reason: string): void {
    this.#parts.push({ path, passedOver: reason, bytes: 0, lines: { total: 0, blank: 0, rejected: 0 } });
  }

  end(): { readonly segment: Segment; readonly reading: LogReading } {
    const segment = this.#finishSegment();
    // Every segment opens the files of the next one, and there is none.
    this.destroy();
    const events = { accepted: this.#tally.accepted, unknown: this.#tally.total(({ kind, events: count }) => (kind === 'unknown' ? count : 0)), repaired: this.#tally.total(({ repaired }) => repaired) };
    return {
      segment,
      reading: {
        formats: Object.fromEntries(this.#formats), parts: this.#parts, events, counts: this.#tally.counts, unknowns: this.#tally.unknowns, rejects: [...this.#rejects.values()], firstReject: this.#firstReject, stranger: this.#stranger,
        firstTime: this.#clock.first, orderedByNeighbours: this.#orderedByNeighbours, zoneless: this.#clock.zoneless,
      },
    };
  }

  /** Lets go of the files, for a log that is not wanted any more. */
  destroy(): void {
    this.#texts.destroy();
    for (const spool of this.#spools.values()) spool.destroy();
  }

  #openPart(): OpenPart {
    if (!this.#part) throw new Error('No log has begun.');
    return this.#part;
  }

  /** Until its files are whole they stay where `destroy` finds them. */
  #finishSegment(): Segment {
    const [texts, spools] = [this.#texts, [...this.#spools]];
    texts.end();
    for (const [, spool] of spools) spool.end();
    this.#segments++;
    this.#segmentBytes = 0;
    this.#spools = new Map();
    this.#texts = new EventTextWriter(path.join(this.#folder, `texts-${this.#segments}`), texts.nextBlock);
    return { spools: spools.map(([table, { file }]) => ({ table, file })), texts: { file: texts.file, firstBlock: texts.firstBlock } };
  }

  #take(item: LogItem, part: OpenPart): void {
    if (item.kind === 'familiar') this.#takeFamiliar(item);
    else if (item.kind === 'blank') part.blank++;
    else if (item.kind === 'broken') {
      this.#place.advance(crc32(item.text), item.text.length);
      if (isStrangerCode(item.code)) part.strangers.set(item.code, (part.strangers.get(item.code) ?? 0) + 1);
      this.#addReject(part, item.line, item, item.text);
    } else this.#takeRecord(item, part);
  }

  #takeRecord(record: RecordItem, part: OpenPart): void {
    const where = this.#texts.add(record.text);
    this.#place.advance(where.checksum, where.length);
    const lines = new LineCount(record.text, record.line);
    for (const [item, found] of record.events.entries()) {
      const start = record.spans?.[item]?.start;
      const line = start === undefined ? record.line : lines.at(start);
      const result = readEvent(found.value);
      if (!result.ok) this.#addReject(part, line, result.problem, start === undefined ? record.text : record.text.slice(start));
      else this.#addEvent({ event: result.event, repaired: result.repaired, strange: strangeIn(result.event, found), found, item, line, where, format: record.format });
    }
  }

  #takeFamiliar({ line: { block: { bytes }, start, end, number }, format, events }: FamiliarItem): void {
    const where = this.#texts.addBytes(bytes, start, end);
    this.#place.advance(where.checksum, where.length);
    for (let item = 0; item < events.length; item++) {
      const known = events[item];
      if (known) this.#addEvent({ event: known.read(), repaired: nothingRepaired, strange: known.strange, found: known.found, item, line: number, where, format });
    }
  }

  #addEvent({ event, repaired, strange, found, item, line, where, format }: {
    readonly event: CodexEvent; readonly repaired: readonly string[]; readonly strange: readonly Unknown[]; readonly found: FoundEvent; readonly item: number; readonly line: number; readonly where: TextPlace; readonly format: string;
  }): void {
    const when = this.#clock.timeOf(event, found);
    if (when.source === 'order') this.#orderedByNeighbours = true;
    this.#add('logged_events', {
      part: this.#parts.length, line, item, type: event.type, kind: event.kind, thread_id: event.threadId, turn_id: event.turnId, time: when.time, time_source: when.source,
      ended_at: event.endedAt, outcome: event.outcome, identity: identityOf(event, found.value, this.#place, item), checksum: where.checksum,
      text_block: where.block, text_start: where.start, text_length: where.length, records_read: event.recordsRead,
    });
    addFacts(event, { ...when, line }, this.#add);
    this.#evidence.collect(event, when, this.#add);
    for (const field of repaired) this.#add('logged_repairs', { field });
    if (format !== this.#format) {
      this.#format = format;
      this.#add('logged_formats', { format });
    }
    this.#tally.add({ event, when, format, repaired: repaired.length > 0, strange });
  }

  readonly #add: FactSink = (table, fact) => {
    this.#spool(table).add(this.#tally.accepted, fact);
  };

  #addReject(part: OpenPart, line: number, problem: Rejection, text: string): void {
    if (line !== part.lastRejected) {
      part.rejected++;
      this.#rejectedLines++;
    }
    part.lastRejected = line;
    this.#firstReject ??= { path: part.path, line, message: problem.message };
    countReject(part.rejects, { code: problem.code, example: problem.message, rejects: 1 });
    if (this.#rejectsKept + part.rejectsKept.length < mostRejectsKept) part.rejectsKept.push({ line, code: problem.code, message: problem.message, excerpt: text.slice(0, excerptLength) });
  }

  #spool(table: SpooledTable): SpoolWriter {
    let spool = this.#spools.get(table);
    if (!spool) {
      spool = new SpoolWriter(path.join(this.#folder, `${table}-${this.#segments}`), columnsOf(table));
      this.#spools.set(table, spool);
    }
    return spool;
  }
}

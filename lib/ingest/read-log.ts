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
import { columnText } from '../store/column-text.ts';
import { SpoolWriter } from '../store/spool.ts';
import { spooledColumns, type LoadedTable } from '../store/tables.ts';
import { EventTextWriter, type TextPlace } from './event-texts.ts';
import { addFacts, type FactSink } from './facts.ts';
import { identityOf, PlaceInLog } from './identity.ts';
import type { LogDigest } from './log-digest.ts';
import type { LogEntry, ReadLog, RejectCount, Segment } from './log-reading.ts';
import type { ReadProgress } from './progress.ts';
import { Tally } from './tally.ts';
import { EvidenceCollector } from './thread-evidence.ts';
import { LogClock, type EventTime } from './times.ts';

/** An event as it was read: `repaired` are its repaired fields, `strange` its unknown parts. */
export interface ReadEvent {
  readonly event: CodexEvent;
  readonly repaired: readonly string[];
  readonly strange: readonly Unknown[];
  readonly format: string;
}
/** The place of an event and its text. */
export interface EventPlace {
  readonly line: number;
  readonly item: number;
  readonly identity: string;
  readonly where: TextPlace;
}
type RecordItem = Extract<LogItem, { kind: 'record' }>;
type FamiliarItem = Extract<LogItem, { kind: 'familiar' }>;
type Rejection = { readonly code: string; readonly message: string };

const excerptLength = 200;
/**
 * The most rejects of one drop that are kept one by one: the first ones. The rest are only counted. One line may hold
 * millions of non-events.
 */
export const mostRejectsKept = 1000;

/** Returns the parts of an event that the inventory lacks. */
export function strangeIn({ source, kind, type }: CodexEvent, { value }: FoundEvent): readonly Unknown[] {
  return source === 'analytics' && kind !== 'unknown' && isObject(value) && isObject(value.event_params)
    ? unknownsIn(type, value.event_params)
    : [];
}
const nothingRepaired: readonly string[] = [];

/** A segment is handed on after this many bytes of the log, so that it is stored while the next one is read. */
export const segmentBytes = 64 << 20;

type KeptReject = { readonly line: number } & Readonly<Record<'code' | 'message' | 'excerpt', string>>;

/**
 * One log while it is read. `firstEvent` is the number of events of the batch before it. Its rejects wait until it is
 * known to be a log.
 */
interface OpenLog {
  readonly path: string | null;
  readonly items: LogItems;
  readonly tally: Tally;
  readonly clock: LogClock;
  readonly place: PlaceInLog;
  readonly evidence: EvidenceCollector;
  readonly strangers: Map<StrangerCode, number>;
  readonly rejects: Map<string, RejectCount>;
  readonly rejectsKept: KeptReject[];
  readonly firstEvent: number;
  readonly firstBlock: number;
  format: string | null;
  blank: number;
  rejected: number;
  lastRejected: number;
  firstReject: ReadLog['firstReject'];
  orderedByNeighbours: boolean;
}

/** Returns the kind of a file without an event, when most of its lines are of that kind. */
function strangerIn({ tally, strangers, rejected }: OpenLog): StrangerCode | null {
  if (tally.accepted > 0) return null;
  for (const [code, lines] of strangers) if (lines * 2 > rejected) return code;
  return null;
}

/**
 * Reads logs and spools their rows, in batches. Writes only files in `folder`. Memory is bounded by the line limit;
 * time is linear in the bytes. For each log call `begin`, then `push` for each piece of its bytes, which may return a
 * finished segment, then `finish`; call `endBatch` to store the logs.
 */
export class LogReader {
  readonly #folder: string;
  readonly #limits: LogLimits;
  #logs: LogEntry[] = [];
  #open: OpenLog | null = null;
  #texts: EventTextWriter;
  #segments = 0;
  #segmentBytes = 0;
  #spools = new Map<LoadedTable, SpoolWriter>();
  /** Named by the rows of the segment. */
  #threads = new Set<string>();
  #lastThread: string | null = null;
  /** Of the batch, by finished logs. */
  #events = 0;
  /** Of all batches, by finished logs. */
  #lines = 0;
  #allEvents = 0;
  #rejectedLines = 0;
  #rejectsKept = 0;

  constructor({ folder, limits }: { readonly folder: string; readonly limits: LogLimits }) {
    this.#folder = folder;
    this.#limits = limits;
    this.#texts = new EventTextWriter(path.join(folder, 'texts-0'), 0);
  }

  get progress(): ReadProgress {
    return {
      lines: this.#lines + (this.#open?.items.lines ?? 0),
      events: this.#allEvents + (this.#open?.tally.accepted ?? 0),
      rejected: this.#rejectedLines,
    };
  }

  /** The size of the batch so far. */
  get batch(): { readonly logs: number; readonly bytes: number } {
    return { logs: this.#logs.length, bytes: this.#segmentBytes };
  }

  begin(path: string | null): void {
    this.#open = {
      path,
      items: new LogItems(this.#limits),
      tally: new Tally(),
      clock: new LogClock(),
      place: new PlaceInLog(),
      evidence: new EvidenceCollector(),
      strangers: new Map(),
      rejects: new Map(),
      rejectsKept: [],
      firstEvent: this.#events,
      firstBlock: this.#texts.nextBlock,
      format: null,
      blank: 0,
      rejected: 0,
      lastRejected: 0,
      firstReject: null,
      orderedByNeighbours: false,
    };
  }

  push(bytes: Uint8Array): Segment | null {
    const log = this.#openLog();
    this.#segmentBytes += bytes.length;
    for (const item of log.items.push(bytes)) this.#take(item, log);
    return this.#segmentBytes >= segmentBytes ? this.endSegment() : null;
  }

  /** Ends the log; `damage` says why it ends too early. */
  finish(digest: ReturnType<LogDigest['end']>, damage: Rejection | null = null): void {
    const log = this.#openLog();
    for (const item of log.items.end()) this.#take(item, log);
    const { path, items, tally, clock, firstEvent, firstBlock } = log;
    if (damage) this.#addReject(log, Math.max(1, items.lines), damage, '');
    this.#texts.endBlock();
    // Errors in the lines of a file that is no log do not matter.
    if (tally.accepted > 0 || damage !== null) {
      for (const reject of log.rejectsKept) this.#spool('rejects').add(this.#logs.length, reject);
      this.#rejectsKept += log.rejectsKept.length;
    } else this.#rejectedLines -= log.rejected;
    this.#logs.push({
      kind: 'read',
      path,
      ...digest,
      lines: { total: items.lines, blank: log.blank, rejected: log.rejected },
      events: {
        accepted: tally.accepted,
        unknown: tally.total(({ kind, events: count }) => (kind === 'unknown' ? count : 0)),
        repaired: tally.total(({ repaired }) => repaired),
      },
      firstEvent,
      firstBlock,
      blocks: this.#texts.nextBlock - firstBlock,
      formats: items.formats,
      counts: tally.counts,
      unknowns: tally.unknowns,
      rejects: [...log.rejects.values()],
      firstReject: log.firstReject,
      stranger: strangerIn(log),
      firstTime: clock.first,
      orderedByNeighbours: log.orderedByNeighbours,
      zoneless: clock.zoneless,
    });
    this.#events += tally.accepted;
    this.#allEvents += tally.accepted;
    this.#lines += items.lines;
    this.#open = null;
  }

  /** Adds a log that is not read. */
  add(log: Exclude<LogEntry, ReadLog>): void {
    this.#logs.push(log);
  }

  /** Returns the rows since the last segment, when more of the batch is to come. */
  endSegment(): Segment {
    return this.#finishSegment(null, false);
  }

  /** Returns the rest of the batch. `last`: no other batch follows. */
  endBatch(last: boolean): Segment {
    const segment = this.#finishSegment(this.#logs, last);
    this.#logs = [];
    this.#events = 0;
    // Every segment opens the files of the next one, and there may be none.
    if (last) this.destroy();
    return segment;
  }

  /** Releases the files, for logs that are not wanted any more. */
  destroy(): void {
    this.#texts.destroy();
    for (const spool of this.#spools.values()) spool.destroy();
  }

  #openLog(): OpenLog {
    if (!this.#open) throw new Error('No log has begun.');
    return this.#open;
  }

  /**
   * Finishes a segment. Files stay where `destroy` finds them until they are whole. Blocks of texts are counted from
   * the first of the batch, which ends with `logs`.
   */
  #finishSegment(logs: readonly LogEntry[] | null, last: boolean): Segment {
    const [texts, spools] = [this.#texts, [...this.#spools]];
    texts.end();
    for (const [, spool] of spools) spool.end();
    this.#segments++;
    this.#segmentBytes = 0;
    this.#spools = new Map();
    const threads = [...this.#threads];
    this.#threads = new Set();
    this.#lastThread = null;
    this.#texts = new EventTextWriter(
      path.join(this.#folder, `texts-${this.#segments}`),
      logs === null ? texts.nextBlock : 0,
    );
    return {
      spools: spools.map(([table, { file }]) => ({ table, file })),
      threads,
      texts: { file: texts.file, firstBlock: texts.firstBlock },
      logs,
      last,
    };
  }

  #take(item: LogItem, log: OpenLog): void {
    if (item.kind === 'familiar') this.#takeFamiliar(item, log);
    else if (item.kind === 'blank') log.blank++;
    else if (item.kind === 'broken') {
      log.place.advance(crc32(item.text), item.text.length);
      if (isStrangerCode(item.code)) log.strangers.set(item.code, (log.strangers.get(item.code) ?? 0) + 1);
      this.#addReject(log, item.line, item, item.text);
    } else this.#takeRecord(item, log);
  }

  #takeRecord(record: RecordItem, log: OpenLog): void {
    const where = this.#texts.add(record.text);
    log.place.advance(where.checksum, where.length);
    const lines = new LineCount(record.text, record.line);
    for (const [item, found] of record.events.entries()) {
      const start = record.spans?.[item]?.start;
      const line = start === undefined ? record.line : lines.at(start);
      const result = readEvent(found.value);
      if (!result.ok)
        this.#addReject(log, line, result.problem, start === undefined ? record.text : record.text.slice(start));
      else
        this.#addEvent(log, {
          event: result.event,
          repaired: result.repaired,
          strange: strangeIn(result.event, found),
          found,
          item,
          line,
          where,
          format: record.format,
        });
    }
  }

  #takeFamiliar(
    {
      line: {
        block: { bytes },
        start,
        end,
        number,
      },
      format,
      events,
    }: FamiliarItem,
    log: OpenLog,
  ): void {
    const where = this.#texts.addBytes(bytes, start, end);
    log.place.advance(where.checksum, where.length);
    for (let item = 0; item < events.length; item++) {
      const known = events[item];
      if (known)
        this.#addEvent(log, {
          event: known.read(),
          repaired: nothingRepaired,
          strange: known.strange,
          found: known.found,
          item,
          line: number,
          where,
          format,
        });
    }
  }

  #addEvent(
    log: OpenLog,
    {
      event,
      repaired,
      strange,
      found,
      item,
      line,
      where,
      format,
    }: ReadEvent & {
      readonly found: FoundEvent;
      readonly item: number;
      readonly line: number;
      readonly where: TextPlace;
    },
  ): void {
    const when = log.clock.timeOf(event, found);
    if (when.source === 'order') log.orderedByNeighbours = true;
    this.addPlaced({ event, repaired, strange, format }, when, {
      line,
      item,
      identity: identityOf(event, found.value, log.place, item),
      where,
    });
  }

  /** Keeps the text of a record whose events are given to `addPlaced`. */
  keepText(text: string): TextPlace {
    return this.#texts.add(text);
  }

  /** Adds an event whose time and place are known: one that was just read, or one that an older database has. */
  addPlaced(
    { event, repaired, strange, format }: ReadEvent,
    when: EventTime,
    { line, item, identity, where }: EventPlace,
  ): void {
    const log = this.#openLog();
    this.#add('logged_events', {
      log: this.#logs.length,
      line,
      item,
      type: event.type,
      kind: event.kind,
      thread_id: event.threadId,
      turn_id: event.turnId,
      time: when.time,
      time_source: when.source,
      ended_at: event.endedAt,
      outcome: event.outcome,
      identity,
      checksum: where.checksum,
      text_block: where.block,
      text_start: where.start,
      text_length: where.length,
      records_read: event.recordsRead,
    });
    addFacts(event, { ...when, line }, this.#add);
    log.evidence.collect(event, when, this.#add);
    for (const field of repaired) this.#add('logged_repairs', { field });
    if (format !== log.format) {
      log.format = format;
      this.#add('logged_formats', { format });
    }
    log.tally.add({ event, when, format, repaired: repaired.length > 0, strange });
  }

  readonly #add: FactSink = (table, fact) => {
    const { firstEvent, tally } = this.#openLog();
    this.#spool(table).add(firstEvent + tally.accepted, fact);
    if ('thread_id' in fact) this.#noteThread(fact.thread_id);
    if ('parent_thread_id' in fact) this.#noteThread(fact.parent_thread_id);
  };

  #noteThread(id: unknown): void {
    if (id === this.#lastThread || typeof id !== 'string') return;
    this.#lastThread = id;
    this.#threads.add(columnText(id));
  }

  #addReject(log: OpenLog, line: number, problem: Rejection, text: string): void {
    if (line !== log.lastRejected) {
      log.rejected++;
      this.#rejectedLines++;
    }
    log.lastRejected = line;
    log.firstReject ??= { line, message: problem.message };
    const known = log.rejects.get(problem.code);
    if (known) known.rejects++;
    else log.rejects.set(problem.code, { code: problem.code, example: problem.message, rejects: 1 });
    if (this.#rejectsKept + log.rejectsKept.length < mostRejectsKept)
      log.rejectsKept.push({
        line,
        code: problem.code,
        message: problem.message,
        excerpt: text.slice(0, excerptLength),
      });
  }

  #spool(table: LoadedTable): SpoolWriter {
    let spool = this.#spools.get(table);
    if (!spool) {
      const [, ...columns] = Object.keys(spooledColumns(table));
      spool = new SpoolWriter(path.join(this.#folder, `${table}-${this.#segments}`), columns);
      this.#spools.set(table, spool);
    }
    return spool;
  }
}

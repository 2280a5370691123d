import {
  foreign,
  readRecord,
  type CollectorCode,
  type CollectorEvent,
  type CollectorProblem,
  type OpenText,
} from './collector-record.ts';
import { beginsCollectorRecord } from './header.ts';
import { LiteralExtent } from './literal-extent.ts';

export { beginsCollectorRecord } from './header.ts';

/** One record of a collector's text log. `line` is the first line it stands on. */
export type CollectorRecord =
  | {
      readonly kind: 'event';
      readonly line: number;
      /** JSON of the event, made from the log's own spelling of it. */ readonly text: string;
      readonly value: CollectorEvent;
      /**
       * The line's clock read as if it were UTC, ms; null when it names no moment. The clock has no zone: see
       * `CollectorClock`.
       */
      readonly receivedAt: number | null;
    }
  | {
      readonly kind: 'broken';
      readonly line: number;
      /** The text as in the log, its lines joined. */ readonly text: string;
      readonly code: CollectorCode;
      readonly message: string;
    };

export interface CollectorLimits {
  readonly lineBytes: number;
  readonly nesting: number;
}

interface OpenRecord {
  readonly line: number;
  last: number;
  readonly indentation: string;
  readonly lines: string[];
  length: number;
  awaits: OpenText['awaits'];
  extent: LiteralExtent | null;
}
/** Lines passed over, up to the next record. */
interface Passing {
  readonly line: number;
  last: number;
  readonly text: string;
  readonly problem: CollectorProblem;
}

/** A longer text is no header. */
const headerLength = 1000;

/**
 * Joins broken lines. A break at a space either replaces the space or follows it: when all lines of a record but the
 * last end in a space, the spaces were kept.
 */
function join(lines: readonly string[]): string {
  const areSpacesKept = lines.slice(0, -1).every((line) => line.endsWith(' '));
  return lines.join(areSpacesKept ? '' : ' ');
}

/** Tells if the text of an open record is worth reading again with this new line. */
function mayBeOver({ awaits, extent }: OpenRecord, text: string): boolean {
  if (awaits === 'bar') return text.trimEnd().endsWith('|');
  return extent === null || extent.feed(text);
}

const truncated: CollectorProblem = {
  code: 'truncated_record',
  message: 'The record ends before its event does: it was cut off when it was written or copied.',
};

/**
 * Reads the text log of a collector, line by line. A record begins with the log's header and ends where its message
 * does; it may be broken over lines at any space. A header ends the record before it, and so does a bar at the end of a
 * line of pairs, because pairs have no brackets. Lines that belong to no event are reported as broken, once for each
 * run of them. Memory: one record of at most `lineBytes`. Time is linear in the text, however it is broken.
 */
export class CollectorReader {
  readonly #limits: CollectorLimits;
  #open: OpenRecord | null = null;
  #passing: Passing | null = null;
  #awaitsBar = false;

  constructor(limits: CollectorLimits) {
    this.#limits = limits;
  }

  /** True if the next line may belong to an incomplete record. */
  get isInRecord(): boolean {
    return this.#open !== null;
  }

  /**
   * Returns the records that the line completes. Push every line of the log, in order and without its break; blank
   * lines have no meaning.
   */
  *push(line: number, text: string): Generator<CollectorRecord> {
    if (beginsCollectorRecord(text)) {
      yield* this.end();
      const indentation = text.length - text.trimStart().length;
      this.#open = {
        line,
        last: line,
        indentation: ' '.repeat(indentation),
        lines: [],
        length: 0,
        awaits: 'message',
        extent: null,
      };
      yield* this.#add(this.#open, line, text);
    } else if (text.trim() === '') return;
    else if (this.#open) yield* this.#add(this.#open, line, text);
    else if (this.#passing) this.#passing.last = line;
    else if (this.#awaitsBar && text.trimStart().startsWith('|')) this.#awaitsBar = false;
    else
      this.#passing = {
        line,
        last: line,
        text,
        problem: { code: 'not_an_event', message: 'This line is not part of an event.' },
      };
  }

  /** Returns the last records. */
  *end(): Generator<CollectorRecord> {
    const open = this.#open;
    if (open) this.#pass(open, open.last, open.awaits === 'message' ? foreign : truncated);
    const passing = this.#passing;
    this.#passing = null;
    this.#awaitsBar = false;
    if (!passing) return;
    const { line, last, text, problem } = passing;
    const message = last > line ? `${problem.message} Lines ${line} to ${last} are left out.` : problem.message;
    yield { kind: 'broken', line, text, code: problem.code, message };
  }

  *#add(open: OpenRecord, line: number, text: string): Generator<CollectorRecord> {
    open.lines.push(text.startsWith(open.indentation) ? text.slice(open.indentation.length) : text);
    open.last = line;
    open.length += text.length + 1;
    if (open.length > this.#limits.lineBytes) {
      this.#pass(open, line, {
        code: 'record_too_long',
        message: `The record is longer than ${this.#limits.lineBytes} bytes: raise DENDRO_MAX_LINE_BYTES if it is an event.`,
      });
    } else if (mayBeOver(open, text)) {
      const joined = join(open.lines);
      const record = readRecord(joined, this.#limits.nesting);
      if (record.kind === 'broken') this.#pass(open, line, record.problem);
      else if (record.kind === 'open') this.#keepOpen(open, record, joined);
      else {
        this.#open = null;
        this.#awaitsBar = !record.hasBar;
        yield { kind: 'event', line: open.line, text: record.text, value: record.value, receivedAt: record.receivedAt };
      }
    }
  }

  #keepOpen(open: OpenRecord, { awaits, from }: OpenText, whole: string): void {
    open.awaits = awaits;
    if (awaits === 'bracket') {
      open.extent = new LiteralExtent();
      open.extent.feed(whole.slice(from));
    } else if (awaits !== 'bar' && whole.length > headerLength) this.#pass(open, open.last, foreign);
  }

  #pass(open: OpenRecord, last: number, problem: CollectorProblem): void {
    this.#open = null;
    this.#passing = { line: open.line, last, text: join(open.lines), problem };
  }
}

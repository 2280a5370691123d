import { isNestedDeeperThan, Nesting } from './json-text.ts';
import type { Line } from './lines.ts';
import { piecesOf } from './pieces.ts';

/** One JSON value of a log, mostly one line. `line` is the first line it stands on. */
export type LogRecord =
  | { readonly kind: 'value'; readonly line: number; readonly text: string; readonly value: unknown }
  | { readonly kind: 'blank'; readonly line: number }
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly text: string;
      readonly code: BrokenCode;
      readonly message: string;
    };
export type BrokenRecord = Extract<LogRecord, { kind: 'broken' }>;
export const brokenCodes = [
  'invalid_json',
  'truncated_json',
  'nested_too_deep',
  'line_too_long',
  'invalid_utf8',
] as const;
export type BrokenCode = (typeof brokenCodes)[number];

export interface RecordLimits {
  readonly lineBytes: number;
  readonly nesting: number;
}

type JsonResult = { readonly value: unknown } | { readonly truncated: boolean };
/** The beginnings of JSON; a number must reach the end. This excludes most lines of a file that is no log of Codex. */
const mayBeJson = /^\s*(?:[[{"tfn-]|\d[\d.eE+-]*\s*$)/;
function readJson(text: string): JsonResult {
  if (!mayBeJson.test(text)) return { truncated: false };
  // Nobody needs the stack of a failed parse: recording it takes three times as long as failing.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { truncated: error instanceof Error && /end of JSON|Unterminated/.test(error.message) };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Tells if a line only opens a value, as pretty-printers write it: the value continues on the next line. */
const opensDocument = (text: string): boolean => /^\s*[[{]/.test(text) && /[[{,]\s*$/.test(text);

/**
 * Joins lines into JSON values. Reads each line by itself, except when the log begins with a line that only opens a
 * value: then it gathers lines until the brackets close, as in a pretty-printed file (several may follow one another).
 * If they never close, it reads the gathered lines one by one, so that no good one is lost.
 */
export class RecordReader {
  readonly #limits: RecordLimits;
  #gathered: { readonly line: number; readonly text: string }[] = [];
  #gatheredLength = 0;
  #nesting = new Nesting();
  /** True if a pretty-printed value may begin here: at the start and after another one. */
  #mayGather = true;

  constructor(limits: RecordLimits) {
    this.#limits = limits;
  }

  /** True while lines are gathered into one value: the next line belongs to it, whatever it looks like. */
  get gathers(): boolean {
    return this.#gathered.length > 0;
  }

  *push(line: Line): Generator<LogRecord> {
    if (line.problem !== undefined) {
      yield* this.#giveUp();
      this.#mayGather = false;
      const message =
        line.problem === 'line_too_long'
          ? `The line is longer than ${this.#limits.lineBytes} bytes: raise DENDRO_MAX_LINE_BYTES if it is an event.`
          : 'The line is not valid UTF-8: the file is damaged here, or not text.';
      yield { kind: 'broken', line: line.number, text: line.excerpt, code: line.problem, message };
    } else if (this.#gathered.length > 0) yield* this.#gather(line.number, line.text);
    else yield* this.#read(line.number, line.text);
  }

  *end(): Generator<LogRecord> {
    yield* this.#giveUp();
  }

  *#read(line: number, text: string): Generator<LogRecord> {
    if (text.trim() === '') {
      yield { kind: 'blank', line };
      return;
    }
    if (this.#mayGather && opensDocument(text) && !('value' in readJson(text))) {
      yield* this.#gather(line, text);
      return;
    }
    this.#mayGather = false;
    yield this.parse(line, text);
  }

  /** Parses a text that is one record by itself, whatever came before. */
  parse(line: number, text: string): LogRecord {
    if (isNestedDeeperThan(text, this.#limits.nesting)) {
      return {
        kind: 'broken',
        line,
        text,
        code: 'nested_too_deep',
        message: `The line nests deeper than ${this.#limits.nesting} levels: raise DENDRO_MAX_NESTING if it is an event.`,
      };
    }
    const result = readJson(text);
    if ('value' in result) return { kind: 'value', line, text, value: result.value };
    return result.truncated
      ? {
          kind: 'broken',
          line,
          text,
          code: 'truncated_json',
          message: 'The line ends in the middle of a JSON value: it was cut off when it was written.',
        }
      : { kind: 'broken', line, text, code: 'invalid_json', message: 'The line is not JSON.' };
  }

  *#gather(line: number, text: string): Generator<LogRecord> {
    this.#gathered.push({ line, text });
    this.#gatheredLength += text.length + 1;
    this.#nesting.feed(text);
    const first = this.#gathered[0]?.line ?? line;
    if (this.#nesting.depth <= 0) {
      const joined = this.#gathered.map((part) => part.text).join('\n');
      const record = this.parse(first, joined);
      if (record.kind === 'broken' && record.code !== 'nested_too_deep') yield* this.#giveUp();
      else {
        this.#forget();
        yield record;
      }
    } else if (this.#gatheredLength > this.#limits.lineBytes) yield* this.#giveUp();
  }

  #forget(): void {
    this.#gathered = [];
    this.#gatheredLength = 0;
    this.#nesting = new Nesting();
  }

  /** Ends gathering without a value: reads each line by itself, or gives one reject when none of them is a value. */
  *#giveUp(): Generator<LogRecord> {
    const gathered = this.#gathered;
    const [first] = gathered;
    if (!first) return;
    this.#forget();
    this.#mayGather = false;
    const records = gathered.map(({ line, text }): LogRecord =>
      text.trim() === '' ? { kind: 'blank', line } : this.parse(line, text),
    );
    const holdsOne = (record: LogRecord): boolean =>
      record.kind === 'value'
        ? typeof record.value === 'object' && record.value !== null
        : record.kind === 'broken' && [...piecesOf(record.text)].some(({ kind }) => kind === 'whole');
    if (records.some(holdsOne)) yield* records;
    else {
      const last = gathered.at(-1)?.line ?? first.line;
      yield {
        kind: 'broken',
        line: first.line,
        text: first.text,
        code: 'truncated_json',
        message: `Lines ${first.line} to ${last} open a JSON value that is not closed or not valid.`,
      };
    }
  }
}

import { isUtf8 } from 'node:buffer';
import { lookedAt, type LookedAt } from './json-skeleton.ts';

/**
 * A line of a log without its line break: `block` from `start` to `end`. It is valid UTF-8 and stays unchanged until
 * the next line is asked for. `number` counts from 1, blank lines included.
 */
export class TextLine {
  readonly problem = undefined;
  readonly number: number;
  readonly block: LookedAt;
  readonly start: number;
  readonly end: number;
  #text: string | null = null;

  constructor(number: number, block: LookedAt, start: number, end: number) {
    this.number = number;
    this.block = block;
    this.start = start;
    this.end = end;
  }

  /** Decoded on demand: most lines do not need it. */
  get text(): string {
    this.#text ??= this.block.bytes.toString('utf8', this.start, this.end);
    return this.#text;
  }
}
/** A line without a readable text, and why. */
export interface BrokenLine {
  readonly number: number;
  readonly problem: 'line_too_long' | 'invalid_utf8';
  readonly excerpt: string;
}
export type Line = TextLine | BrokenLine;

const [lineBreak, carriageReturn] = [10, 13];
const byteOrderMark = Buffer.from('\ufeff');
const excerptBytes = 300;
/** Extra bytes that a line may have: a byte order mark and a carriage return. */
const markBytes = byteOrderMark.length + 1;

/** The same memory: as a Buffer any part of it can be decoded. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * Cuts bytes into lines, in pieces of any size: LF and CRLF, a byte order mark, a last line without a break. Memory
 * holds one block and at most one line of `limit` bytes; the rest of a longer line is skipped. Linear.
 */
export class LineFramer {
  readonly #limit: number;
  /** Pieces of the unfinished line. */
  #pieces: Uint8Array[] = [];
  #held = 0;
  #number = 0;
  /** Set while the rest of a line that is too long is skipped. */
  #overlong: string | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Returns the lines that `bytes` complete. Copies the rest of them. */
  *push(bytes: Uint8Array): Generator<Line> {
    const end = bytes.lastIndexOf(lineBreak) + 1;
    const begun = end > 0 && this.#isInLine ? bytes.indexOf(lineBreak) + 1 : 0;
    if (begun > 0) yield* this.#completed(bytes.subarray(0, begun));
    if (end > begun) yield* this.#completed(bytes.subarray(begun, end));
    this.#keep(bytes.subarray(end));
  }

  /** Returns the last lines. */
  *end(): Generator<Line> {
    if (this.#isInLine) yield* this.#completed(new Uint8Array());
  }

  get #isInLine(): boolean {
    return this.#held > 0 || this.#overlong !== null;
  }

  /** Returns the lines of `block`, which ends the unfinished line. */
  *#completed(block: Uint8Array): Generator<Line> {
    const begun = this.#pieces;
    this.#pieces = [];
    this.#held = 0;
    if (this.#overlong !== null) yield this.#endOverlong();
    else yield* this.#lines(begun.length === 0 ? bufferOf(block) : Buffer.concat([...begun, block]));
  }

  #keep(rest: Uint8Array): void {
    if (this.#overlong !== null || rest.length === 0) return;
    this.#pieces.push(Uint8Array.from(rest));
    this.#held += rest.length;
    if (this.#held <= Math.max(this.#limit, excerptBytes) + markBytes) return;
    this.#overlong = Buffer.concat(this.#pieces, excerptBytes).toString();
    this.#pieces = [];
    this.#held = 0;
  }

  #endOverlong(): Line {
    const excerpt = this.#overlong ?? '';
    this.#overlong = null;
    return { number: ++this.#number, problem: 'line_too_long', excerpt };
  }

  *#lines(bytes: Buffer): Generator<Line> {
    const block = lookedAt(bytes);
    const isValid = isUtf8(bytes);
    for (let from = 0; from < bytes.length;) {
      const found = bytes.indexOf(lineBreak, from);
      const end = found < 0 ? bytes.length : found;
      yield this.#line(block, from, end, isValid);
      from = end + 1;
    }
  }

  #line(block: LookedAt, from: number, until: number, isValid: boolean): Line {
    const number = ++this.#number;
    const { bytes } = block;
    const start =
      number === 1 && byteOrderMark.equals(bytes.subarray(from, from + byteOrderMark.length))
        ? from + byteOrderMark.length
        : from;
    const end = until > start && bytes[until - 1] === carriageReturn ? until - 1 : until;
    const problem =
      end - start > this.#limit
        ? 'line_too_long'
        : isValid || isUtf8(bytes.subarray(start, end))
          ? null
          : 'invalid_utf8';
    if (problem !== null)
      return { number, problem, excerpt: bytes.toString('utf8', start, Math.min(end, start + excerptBytes)) };
    return new TextLine(number, block, start, end);
  }
}

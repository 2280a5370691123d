import { isUtf8 } from 'node:buffer';

/** A line of a log without its line break, or why its text cannot be had. `number` counts from 1, blank lines included. */
export type Line =
  | { readonly number: number; readonly text: string; readonly problem?: undefined }
  | { readonly number: number; readonly problem: 'line_too_long' | 'invalid_utf8'; readonly excerpt: string };

const lineBreak = 10;
const byteOrderMark = '\ufeff';
/** Blocks of at most this size are decoded at once: the text of a larger one would be a large object, which is costly to collect. */
const blockBytes = 96 << 10;
const excerptBytes = 300;
/** What a line's bytes may have beyond its text: a byte order mark and a carriage return. */
const markBytes = 4;

const decode = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** The end of a block that begins at `from`: behind the last line break in reach, or else behind the next one. */
function blockEnd(bytes: Uint8Array, from: number, end: number): number {
  if (end - from <= blockBytes) return end;
  const last = bytes.subarray(from, from + blockBytes).lastIndexOf(lineBreak);
  return last < 0 ? bytes.indexOf(lineBreak, from) + 1 : from + last + 1;
}

/**
 * Cuts bytes into lines, whatever pieces they come in: LF and CRLF, a byte order mark, a last line without a break. Memory holds one block and
 * at most one line of `limit` bytes; the rest of a longer line is passed over.
 */
export class LineFramer {
  readonly #limit: number;
  /** Of the line that has begun and not ended. */
  #pieces: Uint8Array[] = [];
  #held = 0;
  #number = 0;
  /** Set while the rest of a line that is too long is passed over. */
  #overlong: string | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lines that `bytes` complete. What is left of them is copied. */
  *push(bytes: Uint8Array): Generator<Line> {
    const end = bytes.lastIndexOf(lineBreak) + 1;
    for (let from = 0; from < end;) {
      const until = this.#isInLine ? bytes.indexOf(lineBreak) + 1 : blockEnd(bytes, from, end);
      yield* this.#completed(bytes.subarray(from, until));
      from = until;
    }
    this.#keep(bytes.subarray(end));
  }

  /** The last lines. */
  *end(): Generator<Line> {
    if (this.#isInLine) yield* this.#completed(new Uint8Array());
  }

  get #isInLine(): boolean {
    return this.#held > 0 || this.#overlong !== null;
  }

  /** The lines of `block`, which ends the one that has begun. */
  *#completed(block: Uint8Array): Generator<Line> {
    const begun = this.#pieces;
    this.#pieces = [];
    this.#held = 0;
    if (this.#overlong !== null) yield this.#endOverlong();
    else yield* this.#lines(begun.length === 0 ? block : Buffer.concat([...begun, block]));
  }

  #keep(rest: Uint8Array): void {
    if (this.#overlong !== null || rest.length === 0) return;
    this.#pieces.push(Uint8Array.from(rest));
    this.#held += rest.length;
    if (this.#held <= Math.max(this.#limit, excerptBytes) + markBytes) return;
    this.#overlong = decode(Buffer.concat(this.#pieces, excerptBytes));
    this.#pieces = [];
    this.#held = 0;
  }

  #endOverlong(): Line {
    const excerpt = this.#overlong ?? '';
    this.#overlong = null;
    return { number: ++this.#number, problem: 'line_too_long', excerpt };
  }

  *#lines(block: Uint8Array): Generator<Line> {
    if (isUtf8(block)) yield* this.#decoded(decode(block));
    else yield* this.#oneByOne(block);
  }

  *#decoded(text: string): Generator<Line> {
    for (let from = 0; from < text.length;) {
      const found = text.indexOf('\n', from);
      const end = found < 0 ? text.length : found;
      yield this.#line(text.slice(from, end));
      from = end + 1;
    }
  }

  *#oneByOne(bytes: Uint8Array): Generator<Line> {
    for (let from = 0; from < bytes.length;) {
      const found = bytes.indexOf(lineBreak, from);
      const end = found < 0 ? bytes.length : found;
      const line = bytes.subarray(from, end);
      if (isUtf8(line)) yield this.#line(decode(line));
      else if (line.length > this.#limit + markBytes) yield { number: ++this.#number, problem: 'line_too_long', excerpt: decode(line.subarray(0, excerptBytes)) };
      else yield { number: ++this.#number, problem: 'invalid_utf8', excerpt: decode(line.subarray(0, excerptBytes)) };
      from = end + 1;
    }
  }

  #line(whole: string): Line {
    const number = ++this.#number;
    const start = number === 1 && whole.startsWith(byteOrderMark) ? 1 : 0;
    const text = whole.slice(start, whole.endsWith('\r') ? -1 : undefined);
    // Characters are at most as many as bytes: only a text near the limit needs counting.
    if (text.length * 3 > this.#limit && Buffer.byteLength(text) > this.#limit) return { number, problem: 'line_too_long', excerpt: text.slice(0, excerptBytes) };
    return { number, text };
  }
}

import { isUtf8 } from 'node:buffer';

/** A line of a log without its line break, or why its text cannot be had. `number` counts from 1, blank lines included. */
export type Line =
  | { readonly number: number; readonly text: string; readonly problem?: undefined }
  | { readonly number: number; readonly problem: 'line_too_long' | 'invalid_utf8'; readonly excerpt: string };

const lineBreak = 10;
const byteOrderMark = '\ufeff';
/** Blocks of about this size are decoded at once: large enough to be fast, small enough to keep memory low. */
const blockBytes = 1 << 20;
const excerptBytes = 300;

const decode = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/**
 * Cuts bytes into lines, whatever pieces they come in: LF and CRLF, a byte order mark, a last line without a break. Memory holds one block and
 * at most one line of `limit` bytes; the rest of a longer line is passed over.
 */
export class LineFramer {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #number = 0;
  /** Set while the rest of a line that is too long is passed over. */
  #overlong: string | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lines that `bytes` complete. The bytes are kept until then, so they must not be changed by the caller. */
  *push(bytes: Uint8Array): Generator<Line> {
    this.#pieces.push(bytes);
    this.#held += bytes.length;
    if (this.#held < blockBytes) return;
    const block = this.#take();
    const end = block.lastIndexOf(lineBreak) + 1;
    if (end > 0) yield* this.#lines(block.subarray(0, end));
    this.#keep(block.subarray(end));
  }

  /** The last lines. */
  *end(): Generator<Line> {
    const block = this.#take();
    if (this.#overlong !== null && block.length === 0) yield this.#endOverlong();
    if (block.length > 0) yield* this.#lines(block);
    if (this.#overlong !== null) yield this.#endOverlong();
  }

  #take(): Uint8Array {
    const [only] = this.#pieces;
    const block = this.#pieces.length === 1 && only ? only : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    return block;
  }

  #keep(rest: Uint8Array): void {
    if (this.#overlong === null && rest.length > this.#limit) this.#overlong = decode(rest.subarray(0, excerptBytes));
    if (this.#overlong !== null || rest.length === 0) return;
    // A copy: a small rest must not hold on to the whole block.
    this.#pieces = [Uint8Array.from(rest)];
    this.#held = rest.length;
  }

  #endOverlong(): Line {
    const excerpt = this.#overlong ?? '';
    this.#overlong = null;
    return { number: ++this.#number, problem: 'line_too_long', excerpt };
  }

  *#lines(block: Uint8Array): Generator<Line> {
    let from = 0;
    if (this.#overlong !== null) {
      const end = block.indexOf(lineBreak);
      if (end < 0) return;
      yield this.#endOverlong();
      from = end + 1;
    }
    const rest = block.subarray(from);
    if (isUtf8(rest)) yield* this.#decoded(decode(rest));
    else yield* this.#oneByOne(rest);
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

import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Spool files carry rows from the reader of a log to the engine's bulk loader: one row a line, fields apart by U+001F, an empty field is null.
 * Nothing is quoted, so control characters inside a text become U+FFFD, and a text beyond 1,000 characters is cut: typed columns are for counting
 * and showing, and the event's own text is kept byte for byte elsewhere.
 */

const controlCharacters = /[\u0000-\u001f]/g;
const longestText = 1000;
const mended = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text).replace(controlCharacters, '\ufffd');

const bufferBytes = 1 << 18;
/** The most that one field takes: three bytes for each UTF-16 unit of the longest text. */
const fieldBytes = 3 * (longestText + 1);
const [lineBreak, separator, minus, digitZero] = [10, 31, 45, 48];
const trueText = Buffer.from('true');
const falseText = Buffer.from('false');

/**
 * Writes one spool file, and throws what the file system throws. Fields are encoded straight into a byte buffer, because joining them into a text
 * and encoding that took twice as long and was the largest cost of an import after `JSON.parse`. The buffer is written in place and used again: a
 * stream would want a new one each time, and so much memory outside of the heap made the engine collect garbage all the time.
 */
export class SpoolWriter {
  readonly file: string;
  rows = 0;
  readonly #columns: readonly string[];
  readonly #handle: number;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  #used = 0;

  /** `columns` are those that a row has behind its ordinal. */
  constructor(file: string, columns: readonly string[]) {
    this.file = file;
    this.#columns = columns;
    this.#handle = openSync(file, 'w');
  }

  /**
   * A row: its ordinal, then `row`'s values, whose keys must stand in the order of the columns; null is an empty field. The order is checked on
   * the first row only: the rows of a table come from one object literal, and this runs for every event.
   */
  add(ordinal: number, row: Readonly<Record<string, unknown>>): void {
    if (this.rows === 0) this.#check(Object.keys(row));
    this.rows++;
    this.#reserve();
    this.#number(ordinal);
    for (const column in row) {
      this.#reserve();
      this.#buffer[this.#used++] = separator;
      const value = row[column];
      if (typeof value === 'string') this.#text(value);
      else if (typeof value === 'number') this.#number(value);
      else if (typeof value === 'boolean') this.#used += (value ? trueText : falseText).copy(this.#buffer, this.#used);
    }
    this.#buffer[this.#used++] = lineBreak;
  }

  end(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#handle);
    }
  }

  /** Lets go of a file that is not wanted any more. */
  destroy(): void {
    closeSync(this.#handle);
  }

  #check(keys: readonly string[]): void {
    if (keys.join() !== this.#columns.join()) throw new TypeError(`${this.file}: the columns are ${this.#columns.join()}, and the row has ${keys.join()}.`);
  }

  #text(text: string): void {
    const buffer = this.#buffer;
    let at = this.#used;
    if (text.length <= longestText) {
      let index = 0;
      for (; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code < 32 || code > 126) break;
        buffer[at++] = code;
      }
      if (index === text.length) {
        this.#used = at;
        return;
      }
    }
    this.#used += buffer.write(mended(text), this.#used);
  }

  /** Whole numbers up to 2⁵³; digits are taken from the end, nine at a time where 32 bits do not hold the number. */
  #number(value: number): void {
    const buffer = this.#buffer;
    let rest = Math.abs(value);
    if (value < 0) buffer[this.#used++] = minus;
    let digits = 1;
    for (let power = 10; power <= rest; power *= 10) digits++;
    const start = this.#used;
    let at = start + digits;
    this.#used = at;
    while (rest > 0xffffffff) {
      const high = Math.floor(rest / 1e9);
      let low = rest - high * 1e9;
      for (let count = 0; count < 9; count++) {
        buffer[--at] = digitZero + (low % 10);
        low = Math.floor(low / 10);
      }
      rest = high;
    }
    while (at > start) {
      buffer[--at] = digitZero + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }

  #reserve(): void {
    if (this.#used + fieldBytes + 2 > bufferBytes) this.#flush();
  }

  #flush(): void {
    for (let from = 0; from < this.#used;) from += writeSync(this.#handle, this.#buffer, from, this.#used - from);
    this.#used = 0;
  }
}

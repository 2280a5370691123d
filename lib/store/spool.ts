import { columnText, longestText } from './column-text.ts';
import { WrittenFile } from './written-file.ts';

/*
 * Spool files carry rows from the reader of a log to the engine's bulk loader: one row a line, fields separated by
 * U+001F; an empty field is null. Nothing is quoted: no text of a column holds a control character (`column-text.ts`).
 */

const bufferBytes = 1 << 19;
/** The most bytes of one field, with its separator: three for each UTF-16 unit of the longest text. */
const fieldBytes = 3 * (longestText + 1) + 1;
const [lineBreak, separator, space, minus, zero, tilde] = [10, 31, 32, 45, 48, 126];
const [trueText, falseText] = [Buffer.from('true'), Buffer.from('false')];

/**
 * Writes a whole number of at most 2⁵³ and returns the position after it. Takes digits from the end, in two parts that
 * fit into 32 bits: such arithmetic is quick.
 */
function writeNumber(buffer: Uint8Array, at: number, value: number): number {
  let number = value;
  if (number < 0) {
    buffer[at++] = minus;
    number = -number;
  }
  const high = Math.floor(number / 1e9);
  if (high > 0) at = writeDigits(buffer, at, high, 1);
  return writeDigits(buffer, at, number - high * 1e9, high > 0 ? 9 : 1);
}

/** Writes at least `least` digits of a number below 2³¹, with zeros before it. */
function writeDigits(buffer: Uint8Array, at: number, number: number, least: number): number {
  let rest = number | 0;
  let digits = 1;
  for (let power = 10; power <= rest && digits < 10; power *= 10) digits++;
  const end = at + Math.max(digits, least);
  for (let place = end - 1; place >= at; place--) {
    const tenth = (rest / 10) | 0;
    buffer[place] = zero + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

/**
 * Writes one spool file, and throws what the file system throws. Fields are encoded straight into a byte buffer:
 * joining them into a text and encoding that took twice as long and was the largest cost of an import after
 * `JSON.parse`. The buffer is written in place and used again: a stream needs a new one each time, and so much memory
 * outside of the heap made the engine collect garbage all the time.
 */
export class SpoolWriter {
  rows = 0;
  readonly #file: WrittenFile;
  readonly #columns: readonly string[];
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  readonly #rowBytes: number;
  #used = 0;

  /** `columns` are those of a row after its ordinal. */
  constructor(file: string, columns: readonly string[]) {
    this.#file = new WrittenFile(file);
    this.#columns = columns;
    this.#rowBytes = (columns.length + 1) * fieldBytes;
  }

  get file(): string {
    return this.#file.name;
  }

  /**
   * Adds a row: its ordinal, then `row`'s values, whose keys must stand in the order of the columns; null is an empty
   * field. The order is checked on the first row only: the rows of a table come from one object literal, and this runs
   * for every event.
   */
  add(ordinal: number, row: Readonly<Record<string, unknown>>): void {
    if (this.rows === 0) this.#check(Object.keys(row));
    this.rows++;
    if (this.#used + this.#rowBytes > bufferBytes) this.#flush();
    const buffer = this.#buffer;
    let at = writeNumber(buffer, this.#used, ordinal);
    for (const column in row) {
      buffer[at++] = separator;
      const value = row[column];
      if (typeof value === 'string') {
        const start = at;
        let code = space;
        if (value.length <= longestText) {
          for (let index = 0; index < value.length; index++) {
            code = value.charCodeAt(index);
            if (code < space || code > tilde) break;
            buffer[at++] = code;
          }
        }
        if (at - start < value.length) at = start + buffer.write(columnText(value), start);
      } else if (typeof value === 'number') at = writeNumber(buffer, at, value);
      else if (typeof value === 'boolean') at += (value ? trueText : falseText).copy(buffer, at);
    }
    buffer[at++] = lineBreak;
    this.#used = at;
  }

  end(): void {
    try {
      this.#flush();
    } finally {
      this.destroy();
    }
  }

  /** Releases the file, also when it is not wanted any more. */
  destroy(): void {
    this.#file.close();
  }

  #check(keys: readonly string[]): void {
    if (keys.join() !== this.#columns.join())
      throw new TypeError(`${this.file}: the columns are ${this.#columns.join()}, and the row has ${keys.join()}.`);
    if (this.#rowBytes > bufferBytes)
      throw new TypeError(`${this.file}: a row of so many columns may not fit into the buffer.`);
  }

  #flush(): void {
    this.#file.write(this.#buffer, this.#used);
    this.#used = 0;
  }
}

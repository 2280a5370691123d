import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

/**
 * Spool files carry rows from the reader of a log to the engine's bulk loader: one row a line, fields apart by U+001F, an empty field is null.
 * Nothing is quoted, so control characters inside a text become U+FFFD, and a text beyond 4,000 characters is cut: typed columns are for counting
 * and showing, and the event's own text is kept byte for byte elsewhere.
 */
export const fieldSeparator = '\u001f';

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controlCharacters = /[\u0000-\u001f]/g;
const longestText = 4000;

/** Ids and names are short and plain: a loop over them is cheaper than a regular expression. */
function isPlain(text: string): boolean {
  if (text.length > longestText) return false;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 32) return false;
  return true;
}
const mended = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text).replace(controlCharacters, '\ufffd');

const mendedValues = (values: readonly unknown[]): unknown[] => values.map((value) => (typeof value === 'string' && !isPlain(value) ? mended(value) : value));

/** Rows are encoded one by one into a buffer of this size: joining them into one long text first costs several times as much. */
const bufferBytes = 1 << 18;

/** Writes one spool file, with what does not fit in memory on disk. `ready` resolves when more may be written. */
export class SpoolWriter {
  readonly file: string;
  rows = 0;
  readonly #columns: readonly string[];
  readonly #stream: WriteStream;
  #buffer = Buffer.allocUnsafe(bufferBytes);
  #used = 0;

  /** `columns` are those that a row has behind its ordinal. */
  constructor(file: string, columns: readonly string[]) {
    this.file = file;
    this.#columns = columns;
    this.#stream = createWriteStream(file);
    // A failed write is reported by `ready` or `end`; without a listener it would end the process.
    this.#stream.on('error', () => undefined);
  }

  /**
   * A row: its ordinal, then `row`'s values, whose keys must stand in the order of the columns; null is an empty field. The order is checked on
   * the first row only: the rows of a table come from one object literal, and this runs for every event. `plain` says that no text of the row
   * can hold a control character, which saves looking.
   */
  add(ordinal: number, row: object, plain = false): void {
    if (this.rows === 0) this.#check(Object.keys(row));
    const values: unknown[] = Object.values(row);
    const line = (plain ? values : mendedValues(values)).join(fieldSeparator);
    this.#addLine(ordinal, line.length > longestText ? mendedValues(values).join(fieldSeparator) : line);
  }

  #check(keys: readonly string[]): void {
    if (keys.join() !== this.#columns.join()) throw new TypeError(`${this.file}: the columns are ${this.#columns.join()}, and the row has ${keys.join()}.`);
  }

  async ready(): Promise<void> {
    if (this.#stream.errored) throw this.#stream.errored;
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain');
  }

  async end(): Promise<void> {
    this.#flush();
    if (this.#stream.errored) throw this.#stream.errored;
    this.#stream.end();
    await once(this.#stream, 'close');
    if (this.#stream.errored) throw this.#stream.errored;
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #addLine(ordinal: number, line: string): void {
    // UTF-8 takes at most three bytes for a UTF-16 unit; an ordinal has at most ten digits.
    const most = line.length * 3 + 12;
    if (this.#used + most > this.#buffer.length) this.#flush(most);
    this.#used += this.#buffer.write(ordinal + fieldSeparator, this.#used);
    this.#used += this.#buffer.write(line, this.#used);
    this.#buffer[this.#used++] = 10;
    this.rows++;
  }

  #flush(room = 0): void {
    if (this.#used > 0) this.#stream.write(this.#buffer.subarray(0, this.#used));
    this.#buffer = Buffer.allocUnsafe(Math.max(bufferBytes, room));
    this.#used = 0;
  }
}

import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

/**
 * Spool files carry rows from the reader of a log to the engine's bulk loader: one row a line, fields apart by U+001F, an empty field is null.
 * Nothing is quoted, so control characters inside a text become U+FFFD, and a text beyond 4,000 characters is cut: typed columns are for counting
 * and showing, and the event's own text is kept byte for byte elsewhere.
 */
export const fieldSeparator = '\u001f';

export type SpoolValue = string | number | boolean | null | undefined;

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

function field(value: unknown): string {
  if (typeof value === 'string') return isPlain(value) ? value : mended(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const flushAt = 1 << 18;

/** Writes one spool file, with what does not fit in memory on disk. `ready` resolves when more may be written. */
export class SpoolWriter {
  readonly file: string;
  rows = 0;
  #stream: WriteStream;
  #pending = '';

  constructor(file: string) {
    this.file = file;
    this.#stream = createWriteStream(file);
    // A failed write is reported by `ready` or `end`; without a listener it would end the process.
    this.#stream.on('error', () => undefined);
  }

  /** A row of values in the order of the columns. */
  add(values: readonly SpoolValue[]): void {
    this.#addLine(values.map(field).join(fieldSeparator));
  }

  /** A row that begins with `ordinal` and goes on with `row`'s values of `columns`. Text, numbers and booleans are written, anything else is null. */
  addRow(ordinal: number, columns: readonly string[], row: Readonly<Record<string, unknown>>): void {
    let line = String(ordinal);
    for (let index = 0; index < columns.length; index++) line += fieldSeparator + field(row[columns[index] ?? '']);
    this.#addLine(line);
  }

  #addLine(line: string): void {
    this.#pending += line + '\n';
    this.rows++;
    if (this.#pending.length >= flushAt) this.#flush();
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

  #flush(): void {
    if (this.#pending !== '') this.#stream.write(this.#pending);
    this.#pending = '';
  }
}

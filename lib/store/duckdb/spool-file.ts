import type { ColumnType, Columns } from '../tables.ts';
import { columnList } from './definition.ts';

/** Of a spool file, in bytes: the loader's buffers are a multiple of it, and fields are kept short enough by the spool. */
const longestLine = 1 << 17;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The table function that reads a spool file with these columns; a digest stands there as the text to be digested. */
export function spoolFile(file: string, columns: Columns): string {
  const plain = Object.fromEntries(Object.entries(columns).map(([name, type]): [string, ColumnType] => [name, type === 'digest' ? 'text' : type]));
  const types = columnList(plain).split(', ').map((column) => `${column.replace(' ', ": '")}'`).join(', ');
  return `read_csv(${quoted(file)}, columns = {${types}}, delim = '\u001f', quote = '', escape = '', header = false, auto_detect = false, max_line_size = ${longestLine})`;
}

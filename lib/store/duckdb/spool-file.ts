import type { LoadedAs } from '../store.ts';
import type { ColumnType, Columns } from '../columns.ts';
import { tables, type LoadedTable } from '../tables.ts';
import { columnList } from './definition.ts';

/**
 * The longest line of a spool file, in bytes: the loader's buffers are a multiple of it, and the spool keeps fields
 * short enough.
 */
const longestLine = 1 << 17;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Returns the table function that reads a spool file with these columns. */
export function spoolFile(file: string, columns: Columns): string {
  const types = columnList(columns)
    .split(', ')
    .map((column) => `${column.replace(' ', ": '")}'`)
    .join(', ');
  return `read_csv(${quoted(file)}, columns = {${types}}, delim = '\u001f', quote = '', escape = '', header = false, auto_detect = false, max_line_size = ${longestLine})`;
}

function valueOf(type: ColumnType, field: string): unknown {
  if (field === '') return null;
  switch (type) {
    case 'integer':
    case 'bigint':
      return Number(field);
    case 'boolean':
      return field === 'true';
    case 'text':
    case 'bytes':
    case 'digest':
      return field;
  }
}

const countedFromFirst = {
  event_id: 'firstEventId',
  log: 'firstLog',
  text_block: 'firstBlock',
} as const satisfies Record<string, keyof LoadedAs>;
type Counted = keyof typeof countedFromFirst;
/** True if a spool file counts this column from its own first value. */
export const isCounted = (column: string): column is Counted => column in countedFromFirst;
/** The store's value for the file's first. */
export const firstOf = (column: Counted, as: LoadedAs): number => as[countedFromFirst[column]];

/** Returns the rows of a spool file's `content` as from the bulk loader, for a file that is too small to start it. */
export function* spooledRows(content: string, table: LoadedTable, as: LoadedAs): Generator<readonly unknown[]> {
  const columns = Object.entries<ColumnType>(tables[table]);
  for (const line of content.split('\n').slice(0, -1)) {
    const fields = line.split('\u001f').values();
    yield columns.map(([name, type]) => {
      if (name === 'import_id') return as.importId;
      const value = valueOf(type, fields.next().value ?? '');
      return isCounted(name) ? firstOf(name, as) + Number(value) : value;
    });
  }
}

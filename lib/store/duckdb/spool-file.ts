import type { LoadedAs } from '../store.ts';
import type { ColumnType } from '../columns.ts';
import { threadNumbers } from '../fact-tables.ts';
import { spooledColumns, tables, type LoadedTable } from '../tables.ts';
import { columnList } from './definition.ts';

/**
 * The longest line of a spool file, in bytes: the loader's buffers are a multiple of it, and the spool keeps fields
 * short enough.
 */
const longestLine = 1 << 17;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Returns the table function that reads a spool file of a table. */
function spoolFile(file: string, table: LoadedTable): string {
  const types = columnList(spooledColumns(table))
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
const isCounted = (column: string): column is Counted => column in countedFromFirst;
/** The store's value for the file's first. */
const firstOf = (column: Counted, as: LoadedAs): number => as[countedFromFirst[column]];

const isNumber = (column: string): column is keyof typeof threadNumbers => column in threadNumbers;

/** The numbers that the rows of a spool file get, and the numbers of the threads that they name. */
export interface RowsAs extends LoadedAs {
  readonly threads: ReadonlyMap<string, number>;
}

/** Returns the rows of a spool file's `content` as from the bulk loader, for a file that is too small to start it. */
export function* spooledRows(content: string, table: LoadedTable, as: RowsAs): Generator<readonly unknown[]> {
  const spooled = Object.keys(spooledColumns(table));
  const columns = Object.entries<ColumnType>(tables[table]).map(([name, type]) => ({
    name,
    type,
    field: spooled.indexOf(isNumber(name) ? threadNumbers[name] : name),
  }));
  for (const line of content.split('\n').slice(0, -1)) {
    const fields = line.split('\u001f');
    yield columns.map(({ name, type, field }) => {
      if (name === 'import_id') return as.importId;
      const text = fields[field] ?? '';
      if (isNumber(name)) return as.threads.get(text) ?? null;
      const value = valueOf(type, text);
      return isCounted(name) ? firstOf(name, as) + Number(value) : value;
    });
  }
}

/**
 * Returns the query of the rows of a spool file, in the order of the table's columns. The engine expects few rows in a
 * file, so it would hold the whole file in memory and look up each thread in it. Packing `loading_threads` into one
 * list and unpacking it prevents that.
 */
export function spooledQuery(file: string, table: LoadedTable, as: LoadedAs): string {
  const columns = Object.keys(tables[table]);
  const joins = columns.filter(isNumber).map(
    (name) => `LEFT JOIN (
      SELECT unnest(threads).thread_id AS thread_id, unnest(threads).thread AS thread
        FROM (SELECT list({'thread_id': thread_id, 'thread': thread}) AS threads FROM loading_threads)
    ) AS ${name}_number ON ${name}_number.thread_id = spooled.${threadNumbers[name]}`,
  );
  const selected = columns.map((name) =>
    name === 'import_id'
      ? String(as.importId)
      : isNumber(name)
        ? `${name}_number.thread`
        : isCounted(name)
          ? `${firstOf(name, as)} + spooled.${name}`
          : `spooled.${name}`,
  );
  return `SELECT ${selected.join(', ')} FROM ${spoolFile(file, table)} AS spooled ${joins.join(' ')}`;
}

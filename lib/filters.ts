import { z } from 'zod';
import { filterKeys, listKeys, threadKinds } from './filter-url.ts';
import { parseParameters, type Parsed, type UrlParameters } from './parameters.ts';
import type { SqlValue } from './store/store.ts';

const timestamp = z
  .union(
    [z.iso.datetime({ offset: true, local: false }), z.iso.date()],
    'it must be an ISO 8601 time, such as 2026-04-12T13:20:00Z',
  )
  .transform((text) => Date.parse(text));
/** The empty text stands for "no value", here and wherever a URL selects one. */
const texts = z.array(z.string()).optional();

/**
 * The one filter of pages, API and exports (`docs/semantics.md`, "Filters"). `from` is inclusive and `to` exclusive,
 * both ms since the epoch; the lists are "any of", and an absent or empty list does not restrict.
 */
export const Filter = z.strictObject({
  from: timestamp.optional().describe('Records from this time on; a thread counts at its creation.'),
  to: timestamp.optional().describe('Records before this time.'),
  threadKind: z
    .array(z.enum(threadKinds))
    .optional()
    .describe('Threads of any of these kinds, with all that belongs to them.'),
  model: texts.describe('The same by model; the empty text selects threads without one.'),
  client: texts.describe('The same by `product_client_id`.'),
  codexVersion: texts.describe('The same by version of Codex.'),
  importId: z
    .array(z.string().regex(/^\d{1,9}$/, 'an import id is a whole number'))
    .optional()
    .describe('Records that came in with any of these imports.'),
});
export type Filter = z.output<typeof Filter>;

/** Reads the filter from a page's parameters; ignores the page's other parameters. */
export function parseFilter(parameters: UrlParameters): Parsed<Filter> {
  return parseParameters(Filter, Object.fromEntries(filterKeys.map((key) => [key, parameters[key]])));
}

/** A condition with its bound values. */
export interface Predicate {
  readonly sql: string;
  readonly values: Readonly<Record<string, SqlValue>>;
}
/** The condition that is always true. */
export const everything: Predicate = { sql: 'TRUE', values: {} };

/** The column of `threads` for each of these keys. */
const threadColumns = { threadKind: 'kind', model: 'model', client: 'client', codexVersion: 'codex_version' } as const;
const threadKeys = listKeys.filter((key) => key !== 'importId');

/**
 * Returns the filter on records: rows of a fact view or of `turns`, as `record`, by its columns `thread_id`, `time` and
 * `import_id`. Give `thread` when the statement joins the record's row of `threads` under that name; without it,
 * `threads` is read only if the filter selects threads.
 */
export function recordPredicate(
  filter: Filter,
  { record, thread }: { readonly record: string; readonly thread?: string },
): Predicate {
  const conditions = [timePredicate(filter, `${record}.time`)];
  const byThread = threadCondition(filter, `${thread ?? 'filter_thread'}.`);
  if (byThread !== null && thread !== undefined) conditions.push(byThread);
  else if (byThread !== null) {
    conditions.push({
      sql: `${record}.thread_id IN (SELECT filter_thread.thread_id FROM threads AS filter_thread
        WHERE ${byThread.sql})`,
      values: byThread.values,
    });
  }
  return allOf([...conditions, importCondition(filter, record)]);
}

/**
 * Returns the filter without its times, on rows that hold the filtered values in their own columns, as `row`
 * (`event_counts`, `selected_compactions`, …): they stand for the records that `recordPredicate` selects.
 */
export function selectedPredicate(filter: Filter, row: string): Predicate {
  const byThread = threadCondition(filter, `${row}.thread_`);
  // A record of no thread has no model either, and is not selected with the threads that have none.
  return allOf([
    byThread,
    byThread && { sql: `${row}.thread_kind IS NOT NULL`, values: {} },
    importCondition(filter, row),
  ]);
}

/**
 * Returns the filter on rows of `threads`, as `thread`: a thread's time is its creation, and an import's threads are
 * those that anything in it names.
 */
export function threadPredicate(filter: Filter, thread: string): Predicate {
  const conditions = [timePredicate(filter, `${thread}.created_at`), threadCondition(filter, `${thread}.`)];
  if (filter.importId?.length) {
    const { sql: listed, values } = boundList('filterImportId', filter.importId.map(Number));
    conditions.push({
      sql: `${thread}.thread IN (SELECT named.thread FROM named_threads AS named WHERE named.import_id IN (${listed}))`,
      values,
    });
  }
  return allOf(conditions);
}

/** Joins conditions; null ones are left out. Returns `everything` when there are none. */
export function allOf(conditions: readonly (Predicate | null)[]): Predicate {
  const asked = conditions.filter((condition) => condition !== null).filter((condition) => condition !== everything);
  if (asked.length === 0) return everything;
  return {
    sql: asked.map(({ sql }) => `(${sql})`).join(' AND '),
    values: asked.reduce((all, { values }) => ({ ...all, ...values }), {}),
  };
}

/**
 * Returns "`column` is one of `values`", where the empty text means that the column has no value; `name` starts the
 * names of the bound values.
 */
export function anyOf(column: string, name: string, values: readonly string[]): Predicate {
  const present = values.filter((value) => value !== '');
  const listed = boundList(name, present);
  const conditions = [
    ...(present.length > 0 ? [`${column} IN (${listed.sql})`] : []),
    ...(present.length < values.length ? [`${column} IS NULL`] : []),
  ];
  return { sql: conditions.join(' OR ') || 'FALSE', values: listed.values };
}

/** Returns values for `IN (…)`; `name` starts the names under which they are bound. */
export function boundList(name: string, values: readonly (string | number)[]): Predicate {
  return {
    sql: values.map((_, index) => `$${name}${index}`).join(', '),
    values: Object.fromEntries(values.map((value, index) => [`${name}${index}`, value])),
  };
}

/** Returns the filter's times alone, on a column of times; null when it has none. */
export function timePredicate({ from, to }: Filter, column: string): Predicate | null {
  if (from === undefined && to === undefined) return null;
  return {
    sql: [
      ...(from === undefined ? [] : [`${column} >= $filterFrom`]),
      ...(to === undefined ? [] : [`${column} < $filterTo`]),
    ].join(' AND '),
    values: { ...(from === undefined ? {} : { filterFrom: from }), ...(to === undefined ? {} : { filterTo: to }) },
  };
}

function importCondition({ importId }: Filter, record: string): Predicate | null {
  if (!importId?.length) return null;
  const { sql, values } = boundList('filterImportId', importId.map(Number));
  return { sql: `${record}.import_id IN (${sql})`, values };
}

/** `thread` is the prefix of each column name. */
function threadCondition(filter: Filter, thread: string): Predicate | null {
  const conditions = threadKeys.flatMap((key) =>
    filter[key]?.length ? [anyOf(`${thread}${threadColumns[key]}`, `filter_${key}_`, filter[key])] : [],
  );
  return conditions.length > 0 ? allOf(conditions) : null;
}

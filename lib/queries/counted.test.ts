import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after } from 'node:test';
import fc from 'fast-check';
import { threadKinds } from '../filter-url.ts';
import { recordPredicate, type Filter } from '../filters.ts';
import { countTableNames, countTables, hourMs, selectedTableNames, selectedTables } from '../store/counts.ts';
import { derivedTables } from '../store/derived-tables.ts';
import { keysOf } from '../store/tables.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { countedRows, type CountedRows } from './counted.ts';

const log = (...events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
/** Turns about an hour's ends, and hook runs of a thread that nothing else names, and of none. */
const odd = log(
  ...[0, 1, 3_599_999, 3_600_000, 7_199_999, 7_200_000].map((time, turn) => ({
    event_type: 'rollout_turn',
    event_params: {
      thread_id: 'early',
      turn_id: `${turn}`,
      status: 'completed',
      reported: true,
      task: 'regular',
      started_at_ms: time,
    },
  })),
  ...['late', null].map((thread_id) => ({
    event_type: 'codex_hook_run',
    event_params: { thread_id, turn_id: null, hook_name: 'stop', status: 'failed' },
  })),
);

const { store, ...dendro } = await openDendro(
  sampleLog,
  await readFile(path.join(import.meta.dirname, '../testing/logs/codex-0.142.5.jsonl')),
  odd,
);
after(() => dendro[Symbol.asyncDispose]());

async function found(column: string): Promise<string[]> {
  const rows = await store.rows(`SELECT DISTINCT coalesce(${column}, '') AS value FROM threads ORDER BY value`);
  return [...rows.map(({ value }) => String(value)), '', 'none such'];
}
const times = (await store.rows('SELECT DISTINCT time FROM events WHERE time IS NOT NULL ORDER BY time')).map(
  ({ time }) => Number(time),
);
/** Times that events have, times beside them, and hours. */
const time = fc
  .tuple(fc.constantFrom(...times), fc.constantFrom(-1, 0, 1), fc.boolean())
  .map(([at, beside, whole]) => (whole ? Math.floor(at / hourMs) * hourMs : at) + beside);
const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const filters: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ from: time, to: time }, { requiredKeys: [] }),
  fc.record(
    {
      from: time,
      to: time,
      threadKind: fc.uniqueArray(fc.constantFrom(...threadKinds), { minLength: 1 }),
      importId: some(['1', '2', '3', '4']),
      model: some(await found('model')),
      client: some(await found('client')),
      codexVersion: some(await found('codex_version')),
    },
    { requiredKeys: [] },
  ),
);
/** A record without a value differs from a record without a thread: few generated filters show that. */
const examples: [Filter][] = [[{ model: [''] }], [{ client: [''], codexVersion: [''] }]];

/** Returns the rows as texts, sorted. */
const told = async (sql: string, { from, where }: CountedRows): Promise<string[]> =>
  (await store.rows(`SELECT ${sql} FROM ${from} WHERE ${where.sql} GROUP BY ALL`, where.values))
    .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)))
    .sort();
const threadColumns = ['thread_kind', 'thread_model', 'thread_client', 'thread_codex_version'];
/** Returns the records themselves that a filter selects, joined with their threads. */
const records = (view: string, filter: Filter): CountedRows => ({
  from: `${view} AS record LEFT JOIN threads AS thread ON thread.thread_id = record.thread_id`,
  where: recordPredicate(filter, { record: 'record' }),
});
const ofRecord = (column: string): string =>
  threadColumns.includes(column) ? `${column.replace('thread_', 'thread.')} AS ${column}` : `record.${column}`;

for (const table of countTableNames) {
  test(`${table} has under any filter the groups and figures of the records one by one`, () =>
    fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const figures: Readonly<Record<string, string>> = countTables[table].figures;
        const columns = keysOf(derivedTables[table]).filter((column) => column !== 'hour' && column !== 'tree');
        const together = (column: string): string =>
          column.startsWith('first_') ? 'min' : column.startsWith('last_') ? 'max' : 'sum';
        const ofCounts = columns.map((column) =>
          figures[column] === undefined
            ? `record.${column}`
            : `CAST(${together(column)}(record.${column}) AS BIGINT) AS ${column}`,
        );
        const ofRecords = columns.map((column) =>
          figures[column] === undefined ? ofRecord(column) : `CAST(${figures[column]} AS BIGINT) AS ${column}`,
        );
        assert.deepEqual(
          await told(ofCounts.join(', '), countedRows(table, filter)),
          await told(ofRecords.join(', '), records(countTables[table].records, filter)),
        );
      }),
      { numRuns: 80, examples },
    ));
}

for (const table of selectedTableNames) {
  test(`${table} has under any filter the records that it selects, each once`, () =>
    fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const columns = keysOf(derivedTables[table]).filter((column) => column !== 'tree');
        assert.deepEqual(
          await told(
            [...columns.map((column) => `record.${column}`), 'count(*) AS times'].join(', '),
            countedRows(table, filter),
          ),
          await told(
            [...columns.map(ofRecord), 'count(*) AS times'].join(', '),
            records(selectedTables[table].records, filter),
          ),
        );
      }),
      { numRuns: 40, examples },
    ));
}

test('the logs of these tests have records without threads, and in several hours', async () => {
  const [row] = await store.rows(
    'SELECT count(*) FILTER (WHERE thread_kind IS NULL) AS threadless, count(DISTINCT hour) AS hours FROM event_counts',
  );
  assert.ok(row && Number(row.threadless) > 0 && Number(row.hours) > 3);
});

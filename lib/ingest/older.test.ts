import assert from 'node:assert/strict';
import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { blobValue, DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { readConfiguration, type Configuration } from '../configuration.ts';
import { eventTexts, TextPlace } from '../queries/event-texts.ts';
import { summary } from '../queries/summary.ts';
import { schemaVersion } from '../store/duckdb/definition.ts';
import { openStore, StoreUnavailable } from '../store/duckdb/open.ts';
import type { Columns } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { derivedTables } from '../store/derived-tables.ts';
import { factTables, threadNumbers } from '../store/fact-tables.ts';
import { keysOf, tables } from '../store/tables.ts';
import { openDendro } from '../testing/dendro.ts';
import { deletedImports, layoutFolder, layoutLogs } from '../testing/layouts.ts';
import { createImporter } from './create.ts';
import type { Importer } from './importer.ts';
import { readOlder } from './older.ts';

function configurationOf(folder: string): Configuration {
  const read = readConfiguration({ DENDRO_DATA: folder });
  assert.ok(read.ok);
  return read.value;
}

/** Starts Dendro on the folder and stops it afterwards. */
async function started<T>(
  folder: string,
  use: (dendro: { readonly store: Store; readonly importer: Importer }) => Promise<T>,
): Promise<T> {
  const configuration = configurationOf(folder);
  const store = await openStore(configuration);
  try {
    const importer = await createImporter({ store, configuration });
    try {
      return await use({ store, importer });
    } finally {
      await importer.close();
    }
  } finally {
    await store.close();
  }
}

/** Running numbers. */
const ofEachStore = ['event_id', 'first_event_id', 'last_event_id', 'thread', 'parent', 'tree'];
/**
 * Facts that the kept texts of older rollouts lack: how far each was read, the place of a file among those of its
 * thread, and the mark of a log that was rewritten. Each stands in a longer text since.
 */
const saidSince = [
  'records_read',
  'first_line',
  'prefixes',
  'segment_started_at',
  'segment_first_line_at',
  'last_turn_at',
  'checksum',
  'text_start',
  'text_length',
  'compressed',
];

/** Returns every row of every table as a text, without the members that differ: those above, and import times. */
async function rowsOf(store: Store): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const table of keysOf(tables)) {
    if (table === 'thread_numbers' || table === 'next_ids') continue;
    const left = [...ofEachStore, ...saidSince, ...(table === 'imports' ? ['started_at', 'finished_at'] : [])];
    const rows = await store.rows(`SELECT * FROM ${table}`);
    found[table] = rows
      .map((row) =>
        JSON.stringify(
          Object.entries(row).filter(([column]) => !left.includes(column)),
          (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
        ),
      )
      .sort();
  }
  return found;
}

/** The same logs imported by this Dendro. */
async function importedAnew(): Promise<Record<string, readonly string[]>> {
  await using dendro = await openDendro();
  for (const { log, name } of layoutLogs) await dendro.take(log, name);
  await dendro.importer.delete(deletedImports);
  return await rowsOf(dendro.store);
}

async function holdsThem(store: Store): Promise<void> {
  const [found, anew] = [await rowsOf(store), await importedAnew()];
  for (const table of Object.keys(anew)) assert.deepEqual(found[table], anew[table], table);
}

test('a folder of layout 5 is read again from its kept texts, and holds what its logs hold when they are imported anew', async () => {
  await using older = await layoutFolder();
  await started(older.folder, async ({ store, importer }) => {
    assert.equal(store.trouble(), null);
    await holdsThem(store);
    assert.deepEqual((await summary(store, {})).events.total, 128);
    const places = z.array(TextPlace).parse(
      await store.rows(
        `SELECT import_id, text_block, text_start, text_length, item FROM logged_events
            WHERE type = 'codex_novelty_event'`,
      ),
    );
    assert.deepEqual(await eventTexts(store, places), [
      '{"event_type":"codex_novelty_event","event_params":{"thread_id":"thread-b","colour":"red"}}',
    ]);
    const outcome = await importer.import({
      name: 'more',
      bytes: new Blob([layoutLogs[3]?.log ?? '']).stream(),
      totalBytes: null,
      clientKey: null,
      signal: new AbortController().signal,
    });
    assert.partialDeepStrictEqual(
      outcome,
      { kind: 'created', importId: 8 },
      'numbers of deleted imports are not given again',
    );
    const again = await importer.import({
      name: 'again',
      bytes: new Blob([layoutLogs[0]?.log ?? '']).stream(),
      totalBytes: null,
      clientKey: null,
      signal: new AbortController().signal,
    });
    assert.deepEqual(again, { kind: 'existing', importId: 1, logs: { read: 0, alreadyIn: 1, passedOver: 0 } });
  });
  assert.deepEqual(
    (await readdir(older.folder)).sort(),
    ['acknowledged-imports.jsonl', 'dendro.duckdb', 'imports-in-progress'],
    'nothing of the older one is left',
  );
  await started(older.folder, async ({ store }) => {
    assert.equal(store.trouble(), null);
    assert.deepEqual((await summary(store, {})).events.total, 129);
  });
});

test('the next start goes on where reading an older folder was stopped', async () => {
  await using older = await layoutFolder();
  const store = await openStore(configurationOf(older.folder));
  let writes = 0;
  // It is killed during the second import.
  const dying: Store = {
    ...store,
    write: (work, ...rest) =>
      store.write(
        async (transaction) => {
          const result = await work(transaction);
          if (++writes === 3) throw new Error('killed');
          return result;
        },
        ...rest,
      ),
  };
  await assert.rejects(readOlder(dying, older.folder), /killed/);
  assert.deepEqual(await store.rows('SELECT import_id FROM imports'), [{ import_id: 1 }]);
  await store.close();
  assert.ok((await readdir(older.folder)).includes('dendro-layout-5.duckdb'));
  await started(older.folder, async (dendro) => {
    assert.equal(dendro.store.trouble(), null);
    await holdsThem(dendro.store);
  });
  assert.ok(!(await readdir(older.folder)).includes('dendro-layout-5.duckdb'));
});

/** Changes a closed database directly. */
async function change(
  folder: string,
  work: (connection: Awaited<ReturnType<DuckDBInstance['connect']>>) => Promise<unknown>,
): Promise<void> {
  const instance = await DuckDBInstance.create(path.join(folder, 'dendro.duckdb'));
  const connection = await instance.connect();
  await work(connection);
  connection.closeSync();
  instance.closeSync();
}

test('an event that today is none stays, as one that is not known', async () => {
  await using older = await layoutFolder();
  await change(older.folder, async (connection) => {
    const rows = await connection.runAndReadAll('SELECT compressed FROM event_texts WHERE import_id = 5');
    const { compressed } = z.object({ compressed: z.instanceof(Uint8Array) }).parse(rows.getRowObjectsJS()[0]);
    const texts = zstdDecompressSync(compressed)
      .toString()
      .replace('"event_type":"codex_hook_run"', '"event_typo":"codex_hook_run"');
    await connection.run('UPDATE event_texts SET compressed = $texts WHERE import_id = 5', {
      texts: blobValue(zstdCompressSync(texts)),
    });
  });
  await started(older.folder, async ({ store }) => {
    assert.equal(store.trouble(), null);
    assert.deepEqual(
      await store.rows(
        "SELECT type, kind, thread_id, line FROM logged_events WHERE import_id = 5 AND kind = 'unknown' ORDER BY line",
      ),
      [
        { type: 'unreadable_codex_hook_run', kind: 'unknown', thread_id: 'thread-b', line: 1 },
        { type: 'codex_novelty_event', kind: 'unknown', thread_id: 'thread-b', line: 2 },
      ],
    );
    assert.deepEqual(await store.rows('SELECT events_unknown FROM import_logs WHERE import_id = 5'), [
      { events_unknown: 2 },
    ]);
  });
});

test('the logs of an archive are logs again, each with its own events, texts, counts and rejects', async () => {
  await using older = await layoutFolder();
  // As if the lines of the log from the second on were another entry of an archive, which also held a picture.
  await change(older.folder, async (connection) => {
    await connection.run(
      "INSERT INTO import_parts SELECT * REPLACE (1 AS part, 'b.jsonl' AS path) FROM import_parts WHERE import_id = 5",
    );
    await connection.run(
      `INSERT INTO import_parts SELECT * REPLACE (2 AS part, 'c.png' AS path, 'empty' AS passed_over, 0 AS bytes,
        0 AS lines_total, 0 AS lines_blank, 0 AS lines_rejected) FROM import_parts WHERE import_id = 5 AND part = 1`,
    );
    await connection.run(
      `UPDATE import_parts SET path = 'a.jsonl', lines_total = 1, lines_blank = 0, lines_rejected = 0
        WHERE import_id = 5 AND part = 0`,
    );
    for (const table of ['logged_events', 'rejects'])
      await connection.run(`UPDATE ${table} SET part = 1 WHERE import_id = 5 AND line > 1`);
  });
  await started(older.folder, async ({ store, importer }) => {
    assert.equal(store.trouble(), null);
    const logs = await store.rows(
      `SELECT log, path, state, passed_over, sha256, events, first_block, blocks FROM import_logs WHERE import_id = 5
        ORDER BY log`,
    );
    const events = logs.map((log) => Number(log.events));
    assert.deepEqual(
      logs.map(({ path: at, state, passed_over: over, sha256, first_block: first, blocks }) => [
        at,
        state,
        over,
        sha256,
        first,
        blocks,
      ]),
      [
        ['a.jsonl', 'read', null, null, 0, 1],
        ['b.jsonl', 'read', null, null, 1, 1],
        ['c.png', 'passed_over', 'empty', null, 0, 0],
      ],
    );
    for (const table of ['logged_events', 'rejects', 'import_counts'])
      assert.deepEqual(
        (await store.rows(`SELECT DISTINCT log FROM ${table} WHERE import_id = 5 ORDER BY log`)).at(-1),
        { log: 1 },
        table,
      );
    assert.deepEqual(
      (
        await store.rows(
          'SELECT sum(events) AS events FROM import_counts WHERE import_id = 5 GROUP BY log ORDER BY log',
        )
      ).map((row) => Number(row.events)),
      events.slice(0, 2),
    );
    const counts = (table: string): string =>
      `SELECT log, code, CAST(${table === 'rejects' ? 'count(*)' : 'sum(rejects)'} AS INTEGER) AS rejects
        FROM ${table} WHERE import_id = 5 GROUP BY log, code ORDER BY log, code`;
    assert.deepEqual(await store.rows(counts('reject_counts')), await store.rows(counts('rejects')));
    const places = z.array(TextPlace).parse(
      await store.rows(
        `SELECT import_id, text_block, text_start, text_length, item FROM logged_events
            WHERE type = 'codex_novelty_event'`,
      ),
    );
    assert.deepEqual(await eventTexts(store, places), [
      '{"event_type":"codex_novelty_event","event_params":{"thread_id":"thread-b","colour":"red"}}',
    ]);
    assert.deepEqual(await importer.delete([5]), []);
    for (const table of ['event_texts', 'logged_events', 'import_logs', 'reject_counts', 'log_formats'])
      assert.deepEqual(await store.rows(`SELECT 1 FROM ${table} WHERE import_id = 5`), [], table);
  });
});

test('a folder that cannot be read is refused with the reason, and stays as it is', async () => {
  await using older = await layoutFolder();
  const refused = async (code: string, says: RegExp): Promise<void> => {
    const before = await readdir(older.folder);
    await assert.rejects(
      openStore(configurationOf(older.folder)),
      (error) => error instanceof StoreUnavailable && error.code === code && says.test(error.message),
    );
    assert.deepEqual(
      (await readdir(older.folder)).filter((name) => !name.endsWith('.wal')),
      before.filter((name) => !name.endsWith('.wal')),
    );
  };
  await change(older.folder, (connection) =>
    connection.run(`UPDATE schema_version SET version = ${schemaVersion + 1}`),
  );
  await refused('layout_newer', /made by a newer Dendro.*Start the newer Dendro, or set DENDRO_DATA/);
  await change(older.folder, (connection) => connection.run('UPDATE schema_version SET version = 3'));
  await refused('layout_unknown', /has layout 3.*set DENDRO_DATA to another folder and import the logs again/i);
  await change(older.folder, (connection) => connection.run('UPDATE schema_version SET version = 5'));
  await copyFile(path.join(older.folder, 'dendro.duckdb'), path.join(older.folder, 'dendro-layout-5.duckdb'));
  await refused('older_in_the_way', /two databases of layout 5.*Move one/);
});

const numberedColumns = keysOf({ ...factTables, ...derivedTables }).flatMap((table) =>
  keysOf(threadNumbers).flatMap((column) => {
    const columns: Columns = tables[table];
    const id = threadNumbers[column];
    return table !== 'threads' && column in columns && id in columns ? [{ table, column, id }] : [];
  }),
);
const numbersOf = (store: Store) =>
  Promise.all(
    numberedColumns.map(({ table, column, id }) =>
      store.rows(`SELECT '${table}' AS name, ${column}, ${id} FROM ${table} ORDER BY ALL`),
    ),
  );

test('a database of layout 11 becomes one of this layout where it stands: nothing is read again, and what was cut off of its logs is not known', async () => {
  await using older = await layoutFolder();
  const logsOf = (store: Store) =>
    store.rows('SELECT import_id, log, sha256, first_line FROM import_logs ORDER BY ALL');
  const [logs, rows, numbers] = await started(
    older.folder,
    async ({ store }) => [await logsOf(store), await rowsOf(store), await numbersOf(store)] as const,
  );
  const engine = await DuckDBInstance.create(path.join(older.folder, 'dendro.duckdb'));
  const connection = await engine.connect();
  await connection.run("ALTER TABLE import_logs ALTER COLUMN prefixes SET DATA TYPE VARCHAR USING '0123abcd'");
  for (const { table, column } of numberedColumns) await connection.run(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  await connection.run('UPDATE schema_version SET version = 11');
  connection.closeSync();
  engine.closeSync();
  await started(older.folder, async ({ store }) => {
    assert.deepEqual(await store.rows('SELECT version FROM schema_version'), [{ version: schemaVersion }]);
    assert.deepEqual(await logsOf(store), logs);
    assert.deepEqual(await numbersOf(store), numbers);
    assert.deepEqual(await store.rows('SELECT DISTINCT prefixes FROM import_logs'), [{ prefixes: null }]);
    assert.deepEqual(await rowsOf(store), rows);
  });
  assert.deepEqual(
    (await readdir(older.folder)).filter((name) => name.includes('layout')),
    [],
  );
});

import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Transaction } from '../store.ts';
import { schemaVersion } from './definition.ts';
import { databaseName, StoreUnavailable, type Instance } from './instance.ts';
import { readerOf } from './reader.ts';

/** Tables of an older database that are read unchanged: they have all of today's columns that are asked for. */
type ReadAsItIs = 'imports' | 'import_parts' | 'rejects' | 'logged_events' | 'logged_formats' | 'event_texts';
/** The other tables: for each a query that returns today's columns from the database attached as `older`. */
interface Step {
  readonly rejectCounts: (older: string) => string;
}

const countedRejects: Step = {
  rejectCounts: (older) =>
    `SELECT import_id, code, count(*) AS rejects, arg_min(message, (part, line)) AS example FROM ${older}.rejects
      GROUP BY import_id, code`,
};
const counts: Step = {
  rejectCounts: (older) => `SELECT import_id, code, rejects, example FROM ${older}.reject_counts`,
};
/**
 * How each older layout is read. A new layout adds a line for the one before it, and adds to the others what they lack.
 */
const steps: Readonly<Record<number, Step>> = { 5: countedRejects, 6: countedRejects, 7: counts, 10: counts };

/** The columns that layout 13 adds for numbers of threads, each with the column that holds the ids. */
const numberedIn13 = [
  ...[
    'logged_events',
    'thread_evidence',
    'logged_rollouts',
    'logged_thread_names',
    'logged_turns',
    'logged_critical_paths',
    'logged_compactions',
    'logged_hook_runs',
    'logged_guardian_reviews',
    'logged_tool_calls',
    'logged_approvals',
    'logged_workspaces',
    'rollouts',
    'compaction_measures',
    'call_parents',
    'thread_names',
    'turns',
  ].map((table) => ({ table, column: 'thread', id: 'thread_id' })),
  { table: 'thread_evidence', column: 'parent', id: 'parent_thread_id' },
];
/** Dropped because a view is bound to the columns that its tables had. Opening the store creates it again. */
const viewsOf12 = [
  'measured_compactions',
  'placed_tool_calls',
  'events',
  'compactions',
  'hook_runs',
  'guardian_reviews',
  'tool_calls',
  'approvals',
  'workspaces',
  'critical_paths',
];

/**
 * Statements that turn a layout into the next one in place, because nothing has to be read again. Layout 11 had cut off
 * the checksums of logs, so they become unknown.
 */
const changes: Readonly<Record<number, readonly string[]>> = {
  11: ['ALTER TABLE import_logs ALTER COLUMN prefixes SET DATA TYPE BLOB USING NULL'],
  12: [
    ...viewsOf12.map((view) => `DROP VIEW IF EXISTS ${view}`),
    ...numberedIn13.map(({ table, column }) => `ALTER TABLE ${table} ADD COLUMN ${column} INTEGER`),
    ...numberedIn13.map(
      ({ table, column, id }) =>
        `UPDATE ${table} SET ${column} = named.thread FROM thread_numbers AS named
          WHERE named.thread_id = ${table}.${id}`,
    ),
  ],
};

/** Changes the database in place as far as its layout allows, and returns its layout after that. */
export async function changeInPlace(instance: Instance, layout: number): Promise<number> {
  let now = layout;
  for (let statements = changes[now]; statements !== undefined; statements = changes[now]) {
    const next = now + 1;
    const all = [...statements, `UPDATE schema_version SET version = ${next}`];
    await instance.writing(async () => {
      for (const statement of all) await instance.writer.run(statement);
    });
    now = next;
  }
  return now;
}

/** A database of an older layout that was set aside. */
export interface OlderDatabase {
  readonly layout: number;
  readonly file: string;
}
/**
 * An attached older database: the prefix of its tables in statements, and the query that returns its `reject_counts`.
 */
export interface AttachedDatabase {
  readonly table: (name: ReadAsItIs) => string;
  readonly rejectCounts: string;
  /** The number that its next import would have. */ readonly nextImportId: number;
}

const asideName = (layout: number): string => `dendro-layout-${layout}.duckdb`;
const nameOf = ({ layout }: OlderDatabase): string => `older_${layout}`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The layout of the database; null when it is a new one. */
export async function layoutOf(instance: Instance): Promise<number | null> {
  const reader = readerOf(instance.writer, instance);
  const [table] = await reader.rows("SELECT 1 AS found FROM duckdb_tables() WHERE table_name = 'schema_version'");
  const [found] = table ? await reader.rows('SELECT max(version) AS version FROM schema_version') : [];
  return typeof found?.version === 'number' ? found.version : null;
}

/** Throws `StoreUnavailable` when this Dendro cannot read the layout. */
export function refuseUnreadable(layout: number, folder: string): void {
  if (layout > schemaVersion) {
    throw new StoreUnavailable(
      'layout_newer',
      `The database in ${folder} was made by a newer Dendro: it has layout ${layout}, but this one reads layouts only up to ${schemaVersion}. Start the newer Dendro, or set DENDRO_DATA to another folder. Nothing was changed.`,
    );
  }
  if (!(layout in steps)) {
    throw new StoreUnavailable(
      'layout_unknown',
      `The database in ${folder} has layout ${layout}, but this Dendro reads only layouts ${Object.keys(steps).join(', ')} and ${schemaVersion}. Set DENDRO_DATA to another folder and import the logs again. Nothing was changed.`,
    );
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * Sets the database aside, so that a new one takes its place. It must be closed, with its journal in it: a process that
 * is killed before or after the renaming leaves either the old state or the new one.
 */
export async function setAside(layout: number, folder: string): Promise<void> {
  const [database, aside] = [path.join(folder, databaseName), path.join(folder, asideName(layout))];
  if (await exists(aside)) {
    throw new StoreUnavailable(
      'older_in_the_way',
      `The folder ${folder} has two databases of layout ${layout}: ${databaseName}, and ${asideName(layout)}, which is not fully read yet. Move one of them to another folder. Nothing was changed.`,
    );
  }
  if (await exists(`${database}.wal`)) {
    throw new StoreUnavailable(
      'journal_left',
      `The database in ${folder} has layout ${layout} and cannot be read into a new one, because its journal could not be moved into it. Make sure that the disk has room, then restart Dendro. Nothing was changed.`,
    );
  }
  await rename(database, aside);
}

/** Returns the databases that were set aside and not fully read, the latest layout first. */
export async function olderDatabases(folder: string): Promise<readonly OlderDatabase[]> {
  const layouts = (await readdir(folder))
    .flatMap((name) => /^dendro-layout-(\d+)\.duckdb$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
  for (const layout of layouts) refuseUnreadable(layout, folder);
  return layouts.map((layout) => ({ layout, file: path.join(folder, asideName(layout)) }));
}

/** Makes the older database readable within a transaction of the store. */
export async function attach(transaction: Transaction, older: OlderDatabase): Promise<AttachedDatabase> {
  const name = nameOf(older);
  await transaction.run(`ATTACH IF NOT EXISTS ${quoted(older.file)} AS ${name} (READ_ONLY)`);
  const [next] = await transaction.rows(
    `
    SELECT greatest(coalesce(last_value, start_value),
      (SELECT coalesce(max(import_id), 0) + 1 FROM ${name}.imports)) AS import_id
    FROM duckdb_sequences() WHERE database_name = $name AND sequence_name = 'import_ids'`,
    { name },
  );
  const step = steps[older.layout];
  if (typeof next?.import_id !== 'number' || !step)
    throw new Error(`The database ${older.file} is not of layout ${older.layout}.`);
  return { table: (table) => `${name}.${table}`, rejectCounts: step.rejectCounts(name), nextImportId: next.import_id };
}

/** Numbers new imports from `next` on. */
export async function numberImportsFrom(transaction: Transaction, next: number): Promise<void> {
  await transaction.run(`CREATE OR REPLACE SEQUENCE import_ids START ${next}`);
}

/** Removes an older database that was fully read. */
export async function removeOlder(transaction: Transaction, older: OlderDatabase): Promise<void> {
  await transaction.run(`DETACH DATABASE IF EXISTS ${nameOf(older)}`);
  await rm(older.file);
}

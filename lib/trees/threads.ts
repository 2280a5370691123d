import type { ForestNode } from '../forest/forest.ts';
import type { Transaction } from '../store/store.ts';
import { derivedTables, threadFigures } from '../store/derived-tables.ts';
import { workingTables } from '../store/tables.ts';
import { placesOf } from './forest.ts';
import { subtreeSums } from './sums.ts';
import { countedOfBatch, fromAnalytics, ofBatch, outcomeCounts, rowsOfBatch } from './working.ts';

type Columns = Readonly<Record<string, readonly unknown[]>>;

/**
 * The description of a thread: the latest of several rows. Equal times are settled by the values, so that the order of
 * imports does not matter.
 */
const latest = "max({'time': time, 'model': model, 'client': client, 'codex_version': codex_version})";

const told = `batch_evidence SEMI JOIN batch_events USING (event_id) WHERE source = 'initialized'`;
/** The facts from a thread's own events. Nearly every thread has one such event: only others need `latestTold`. */
const initialized = `
  SELECT thread_id, count(*) AS times, count(*) FILTER (WHERE initialization_mode = 'resumed') AS resumptions,
    max(forked_from_thread_id) AS forked_from_thread_id, any_value(model) AS model, any_value(client) AS client,
    any_value(codex_version) AS codex_version
  FROM ${told} GROUP BY thread_id`;
const latestTold = `
  SELECT thread_id, latest.model AS model, latest.client AS client, latest.codex_version AS codex_version
  FROM (SELECT thread_id, ${latest} AS latest FROM ${told} GROUP BY thread_id HAVING count(*) > 1)`;
/** The facts from turns, for threads without an event of their own and without a rollout. */
const describedByTurns = `
  SELECT thread_id, latest.model AS model, latest.client AS client, latest.codex_version AS codex_version
  FROM (SELECT thread_id, ${latest} AS latest FROM ${countedOfBatch('logged_turns')}
    WHERE source = 'analytics' GROUP BY thread_id)`;

const worked = `
  SELECT thread_id, count(*) FILTER (WHERE reported) AS turns,
    count(*) FILTER (WHERE reported AND status = 'completed') AS turns_completed,
    count(*) FILTER (WHERE reported AND status = 'failed') AS turns_failed,
    count(*) FILTER (WHERE reported AND status = 'interrupted') AS turns_interrupted,
    count(*) FILTER (WHERE NOT reported) AS turns_unreported, sum(input_tokens) FILTER (WHERE reported) AS input_tokens,
    sum(cached_input_tokens) FILTER (WHERE reported) AS cached_input_tokens,
    sum(output_tokens) FILTER (WHERE reported) AS output_tokens,
    sum(reasoning_output_tokens) FILTER (WHERE reported) AS reasoning_output_tokens,
    sum(total_tokens) FILTER (WHERE reported) AS total_tokens
  FROM ${ofBatch('turns')} GROUP BY thread_id`;
const happened = `
  SELECT thread_id, max(greatest(time, ended_at)) FILTER (WHERE kind <> 'thread_name') AS last_active_at,
    bool_or(${fromAnalytics}) AS in_analytics, ${outcomeCounts}
  FROM batch_events GROUP BY thread_id`;
const compacted = `
  SELECT thread_id, count(*) FILTER (WHERE status = 'completed') AS compactions_completed,
    sum(tokens_before - tokens_after) FILTER (WHERE status = 'completed') AS tokens_saved
  FROM ${countedOfBatch('logged_compactions')} GROUP BY thread_id`;

/** Every thread that an import names has evidence of that import. */
const namedThreads = `
  INSERT INTO named_threads BY NAME
  SELECT DISTINCT import_id, thread, tree FROM (
    SELECT import_id, thread FROM batch_evidence UNION ALL SELECT import_id, parent AS thread FROM batch_evidence
  ) JOIN batch_trees USING (thread) WHERE kind IS NOT NULL`;

/** Finds values of threads in columns that have a row for some of them. */
class ByThread {
  readonly #columns: Columns;
  readonly #rows: ReadonlyMap<unknown, number>;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#rows = new Map((columns.thread_id ?? []).map((id, row) => [id, row]));
  }

  has(threadId: string): boolean {
    return this.#rows.has(threadId);
  }

  some(column: string, holds: (value: unknown) => boolean): boolean {
    return this.#columns[column]?.some(holds) ?? false;
  }

  /** Null when there is none. */
  value(threadId: string, column: string): unknown {
    const row = this.#rows.get(threadId);
    return row === undefined ? null : (this.#columns[column]?.[row] ?? null);
  }
}

const later = (a: unknown, b: unknown): unknown =>
  typeof a === 'bigint' && typeof b === 'bigint' ? (a > b ? a : b) : (a ?? b);
/** Returns rows of a table, in the order of its columns. */
function* rowsOf(table: 'threads' | 'batch_trees', values: Columns): Generator<readonly unknown[]> {
  const columns = Object.keys({ ...derivedTables, ...workingTables }[table]).map((name) => values[name] ?? []);
  for (let row = 0; row < (values.thread_id?.length ?? 0); row++) yield columns.map((column) => column[row]);
}

/**
 * The batch that `sumBatch` sums up: its threads by number, the nodes of its trees, the kinds of its events, and the
 * number of compaction storms by thread id.
 */
interface BatchToSum {
  readonly threads: ReadonlyMap<number, string>;
  readonly nodes: readonly ForestNode[];
  readonly kinds: ReadonlySet<string>;
  readonly storms: ReadonlyMap<string, number>;
}

/** Fills `threads`, `batch_trees` and `named_threads`, from the events, turns and measures of the batch. */
export async function sumBatch(
  transaction: Transaction,
  { threads: batchThreads, nodes, kinds, storms }: BatchToSum,
): Promise<void> {
  const read = async (statement: string, wanted = true): Promise<ByThread> =>
    new ByThread(wanted ? await transaction.columns(statement) : {});
  const numbers = new Map([...batchThreads].map(([thread, id]) => [id, thread]));
  const initializations = await read(initialized, kinds.has('thread_initialized'));
  const again = await read(
    latestTold,
    initializations.some('times', (times) => typeof times === 'bigint' && times > 1n),
  );
  const rollouts = await read(rowsOfBatch('rollouts'), kinds.has('rollout'));
  const names = await read(rowsOfBatch('thread_names'), kinds.has('thread_name'));
  const figures = [await read(worked), await read(happened), await read(compacted, kinds.has('compaction'))];
  const [, acted] = figures;
  const isSilent = (id: string): boolean => !initializations.has(id) && !rollouts.has(id);
  const turns = await read(
    describedByTurns,
    nodes.some(({ threadId }) => isSilent(threadId) && acted?.has(threadId)),
  );
  const stated = (id: string, column: string): unknown =>
    (isSilent(id) ? turns : again.has(id) && column !== 'forked_from_thread_id' ? again : initializations).value(
      id,
      column,
    );
  const ofEach = (value: (threadId: string, node: ForestNode) => unknown): readonly unknown[] =>
    nodes.map((node) => value(node.threadId, node));
  const own = Object.fromEntries(
    threadFigures.map((figure) => [
      figure,
      ofEach((id) => figures.map((source) => source.value(id, figure)).find((value) => value !== null) ?? 0),
    ]),
  );
  const either = (column: string): readonly unknown[] =>
    ofEach((id) => stated(id, column) ?? rollouts.value(id, column));
  const threads = {
    ...placesOf(nodes),
    ...own,
    storms: ofEach((id) => storms.get(id) ?? 0),
    thread: ofEach((id) => numbers.get(id)),
    tree: ofEach((_, { rootThreadId }) => numbers.get(rootThreadId)),
    guardian_tokens: ofEach((id, { kind }) => (kind === 'guardian' ? (figures[0]?.value(id, 'total_tokens') ?? 0) : 0)),
    ...Object.fromEntries(
      ['forked_from_thread_id', 'model', 'client', 'codex_version'].map((column) => [column, either(column)]),
    ),
    ...Object.fromEntries(
      ['cwd', 'git_branch', 'git_commit', 'git_repository', 'agent_nickname', 'agent_role', 'agent_path'].map(
        (column) => [column, ofEach((id) => rollouts.value(id, column))],
      ),
    ),
    title: ofEach((id) => names.value(id, 'name') ?? rollouts.value(id, 'title')),
    in_analytics: ofEach((id) => acted?.value(id, 'in_analytics') ?? false),
    in_rollouts: ofEach((id) => rollouts.has(id)),
    last_active_at: ofEach((id) => later(acted?.value(id, 'last_active_at'), rollouts.value(id, 'last_active_at'))),
    resumptions: ofEach((id) => initializations.value(id, 'resumptions') ?? 0),
  };
  await transaction.append('threads', rowsOf('threads', { ...threads, ...Object.fromEntries(subtreeSums(threads)) }));
  await transaction.append('batch_trees', rowsOf('batch_trees', threads));
  // A thread that only has a name is no thread yet, and is a tree of its own.
  for (const { threadId } of nodes) numbers.delete(threadId);
  await transaction.append(
    'batch_trees',
    [...numbers].map(([id, thread]) => [thread, id, thread, null, null, null, null]),
  );
  await transaction.run(namedThreads);
}

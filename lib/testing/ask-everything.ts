import { answer } from '../api/answer.ts';
import { routes } from '../api/routes.ts';
import { compactionDimensions } from '../queries/compactions.ts';
import { guardianDimensions } from '../queries/guardian.ts';
import { hookDimensions } from '../queries/hooks.ts';
import { occurrences } from '../queries/events.ts';
import { outlineSorts } from '../queries/outline/sorts.ts';
import { timeSources } from '../queries/shapes.ts';
import { eventOddities } from '../queries/quality/oddities.ts';
import { threadSorts } from '../queries/threads.ts';
import type { TestDendro } from './dendro.ts';

type Query = Readonly<Record<string, string>>;
/** Returns a value of the store in the form of an address; `none` where there is none. */
const text = (value: unknown, none = ''): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : none;
const texts = (rows: readonly Readonly<Record<string, unknown>>[]): string[] => rows.map(({ value }) => text(value));

/** Returns filters by each filter key, with values that are imported. */
async function filtersOf({ store }: TestDendro): Promise<readonly Query[]> {
  const [thread] = await store.rows('SELECT model, client, codex_version, kind FROM threads ORDER BY thread LIMIT 1');
  const [time] = await store.rows('SELECT max(time) AS value FROM logged_events');
  const [imported] = await store.rows('SELECT max(import_id) AS value FROM imports');
  const until = typeof time?.value === 'number' ? new Date(time.value).toISOString() : '2026-01-01T00:00:00Z';
  return [
    {},
    { model: text(thread?.model) },
    { client: text(thread?.client), codexVersion: text(thread?.codex_version) },
    { threadKind: text(thread?.kind, 'user') },
    { importId: text(imported?.value, '1') },
    { from: '2020-01-01T00:00:00Z', to: until },
    { from: '2020-01-01T00:00:00Z', threadKind: 'guardian', importId: '1' },
  ];
}

/** The queries of each route besides the filter: a path stands for its route's own parameters. */
const own: Readonly<Record<string, readonly Query[]>> = {
  '/api/threads': threadSorts.map((sort) => ({ sort, limit: '2' })),
  '/api/outline': outlineSorts.map((sort, index) => ({ sort, ...(index % 2 ? { layout: 'flat' } : {}) })),
  '/api/outline/rows': [{ nodes: '0,1' }],
  '/api/outline/found': [{ text: 'a' }],
  '/api/outline/tree': [{ root: '0' }],
  '/api/compactions/breakdown': compactionDimensions.map((by) => ({ by })),
  '/api/hooks/breakdown': hookDimensions.map((by) => ({ by })),
  '/api/guardian/breakdown': guardianDimensions.map((by) => ({ by })),
  '/api/events': [
    {},
    ...occurrences.map((occurrence) => ({ occurrence })),
    ...timeSources.map((timeSource) => ({ timeSource })),
    ...eventOddities.flatMap((oddity): Query[] => [{ oddity }, { judged: oddity }]),
    { source: 'analytics' },
    { source: 'rollout', limit: '3' },
    { repaired: 'true' },
  ],
  '/api/threads/{threadId}/timeline/span': [{ lane: '0', from: '0', to: '4102444800000' }],
};

/** Returns the paths of a route for the imported data. */
async function pathsOf({ store }: TestDendro, path: string): Promise<readonly string[]> {
  const encoded = async (sql: string): Promise<string[]> =>
    texts(await store.rows(sql)).map((id) => path.replace(/\{\w+\}/, encodeURIComponent(id)));
  if (path.includes('{turnId}')) {
    const turns = await store.rows('SELECT thread_id, turn_id FROM turns ORDER BY thread_id, turn_id LIMIT 2');
    return turns.map(({ thread_id: thread, turn_id: turn }) =>
      path.replace('{threadId}', encodeURIComponent(text(thread))).replace('{turnId}', encodeURIComponent(text(turn))),
    );
  }
  if (path.includes('{threadId}'))
    return encoded('SELECT thread_id AS value FROM threads ORDER BY subtree_end - place DESC, thread LIMIT 2');
  if (path.startsWith('/api/imports/{'))
    return encoded('SELECT import_id AS value FROM imports ORDER BY import_id DESC LIMIT 1');
  if (path.startsWith('/api/events/{'))
    return encoded('SELECT event_id AS value FROM logged_events ORDER BY event_id DESC LIMIT 2');
  return [path];
}

/**
 * Asks every route that reads, with each order, dimension and selection and with filters of each kind, and returns the
 * number of answers. Throws when one is not a success. `briefly` asks each route once.
 */
export async function askEverything(dendro: TestDendro, { briefly = false } = {}): Promise<number> {
  globalThis.dendro = dendro;
  const filters = await filtersOf(dendro);
  let answers = 0;
  for (const {
    declaration: { method, path, query },
  } of routes) {
    if (method !== 'GET' || path === '/api/openapi.json') continue;
    const takes = (asked: Query): boolean => Object.keys(asked).every((name) => name in query.shape);
    const questions = own[path] ?? [{}];
    // A route's parameter with the name of a filter's parameter may mean something else.
    const fitting = 'model' in query.shape ? filters : filters.filter((filter) => takes(filter) && !('from' in filter));
    const asked = [
      ...questions.map((question, index): Query => ({ ...fitting[index % fitting.length], ...question })),
      ...fitting.map((filter): Query => ({ ...filter, ...questions[0] })),
    ];
    for (const address of await pathsOf(dendro, path)) {
      for (const each of briefly ? asked.slice(0, 1) : asked) {
        const url = `http://127.0.0.1:3000${address}?${new URLSearchParams(each).toString()}`;
        const response = await answer(new Request(url));
        const answered = await response.text();
        if (response.status !== 200) throw new Error(`${url} answers ${response.status}: ${answered}`);
        answers++;
      }
    }
  }
  return answers;
}

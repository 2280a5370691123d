import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { z } from 'zod';
import { answer } from '../api/answer.ts';
import { openDendro } from '../testing/dendro.ts';
import { tarOfTexts } from '../testing/tar.ts';

/** More of everything than any list gives at once. */
const many = 1500;
/**
 * In bytes: the largest answer of a list, however extreme the logs are. A whole forest, a timeline and an outline are
 * drawn as one and are not lists.
 */
const largestAnswer = 12 << 20;

const event = (type: string, params: object): string => JSON.stringify({ event_type: type, event_params: params });
const log = Array.from({ length: many }, (_, index) =>
  [
    event('codex_thread_initialized', {
      thread_id: `chain ${index}`,
      ...(index === 0 ? {} : { parent_thread_id: `chain ${index - 1}` }),
      thread_source: 'user',
      model: `model ${index} ${'m'.repeat(500)}`,
      created_at: 1_795_348_971 + index,
      app_server_client: { product_client_id: `client ${index}` },
      runtime: { codex_rs_version: `0.${index}.0` },
    }),
    event('codex_turn_event', {
      thread_id: 'chain 0',
      turn_id: `turn ${index}`,
      status: 'completed',
      started_at: 1_795_348_971 + index,
      [`field ${index}`]: 1,
      total_tokens: 5,
    }),
    event('codex_hook_run', {
      thread_id: 'chain 0',
      turn_id: 'turn 0',
      hook_name: `hook ${index}`,
      status: 'completed',
    }),
    event('codex_compaction_event', {
      thread_id: `chain ${Math.min(index + 1, many - 2)}`,
      turn_id: 'its own',
      status: 'completed',
      started_at: 1_795_348_971 + index,
      active_context_tokens_before: 3,
      active_context_tokens_after: 1,
    }),
    event(`type ${index} ${'t'.repeat(500)}`, { thread_id: 'chain 0' }),
    'no event',
  ].join('\n'),
).join('\n');
/** Events of a megabyte each, beside others that share one record. */
const large = [
  ...Array.from({ length: 9 }, (_, index) =>
    event(`large ${index}`, { thread_id: 'large', text: '"'.repeat(1 << 19) }),
  ),
  JSON.stringify({
    events: Array.from({ length: many }, (_, index) => ({
      event_type: 'together',
      event_params: { thread_id: 'together', index, text: 'x'.repeat(100) },
    })),
  }),
].join('\n');
/** Its entries have long paths; half of them are passed over, and the others have rejects. */
const archive = await tarOfTexts(
  Array.from(
    { length: 150 },
    (_, index) =>
      [
        `${'p'.repeat(4000)} ${index}.${index % 2 ? 'png' : 'jsonl'}`,
        index % 2
          ? ''
          : `${event('codex_turn_event', { thread_id: 'packed', turn_id: `${index}`, status: 'completed' })}\nno event\nno event`,
      ] as const,
  ),
);
const dendro = await openDendro(log, large, archive);
globalThis.dendro = dendro;
after(() => dendro[Symbol.asyncDispose]());

async function get(path: string): Promise<unknown> {
  const response = await answer(new Request(`http://127.0.0.1:3000${path}`));
  const text = await response.text();
  assert.equal(response.status, 200, `${path}: ${text.slice(0, 500)}`);
  assert.ok(text.length < largestAnswer, `${path}: ${text.length} bytes`);
  return JSON.parse(text);
}

test('the pages of a thread hold each of its ancestors, descendants, turns and records once, in their order', async () => {
  const Detail = z.object({
    ancestors: z.array(z.object({ threadId: z.string() })),
    subtree: z.array(z.object({ threadId: z.string() })),
    turns: z.array(z.object({ turnId: z.string() })),
    hookRuns: z.array(z.object({ hookName: z.string() })),
    totals: z.record(z.string(), z.int()),
    nextCursor: z.string().nullable(),
  });
  const all = {
    ancestors: new Array<string>(),
    subtree: new Array<string>(),
    turns: new Array<string>(),
    hookRuns: new Array<string>(),
  };
  const chain = Array.from({ length: many }, (_, index) => `chain ${index}`);
  for (const [thread, own] of [
    ['chain 0', true],
    [`chain ${many - 1}`, false],
  ] as const) {
    let cursor: string | null = '';
    let pages = 0;
    for (; cursor !== null; pages++) {
      const detail: z.output<typeof Detail> = Detail.parse(
        await get(`/api/threads/${encodeURIComponent(thread)}${cursor === '' ? '' : `?cursor=${cursor}`}`),
      );
      all.ancestors.push(...detail.ancestors.map(({ threadId }) => threadId));
      all.subtree.push(...detail.subtree.map(({ threadId }) => threadId));
      all.turns.push(...detail.turns.map(({ turnId }) => turnId));
      all.hookRuns.push(...detail.hookRuns.map(({ hookName }) => hookName));
      assert.deepEqual(
        [detail.totals.ancestors, detail.totals.subtree, detail.totals.turns, detail.totals.hookRuns],
        own ? [0, many - 1, many, many] : [many - 1, 0, 0, 0],
      );
      cursor = detail.nextCursor;
    }
    assert.equal(pages, 2);
  }
  assert.deepEqual(all.ancestors, chain.slice(0, -1));
  assert.deepEqual(all.subtree, chain.slice(1));
  assert.deepEqual(
    all.turns,
    Array.from({ length: many }, (_, index) => `turn ${index}`),
  );
  assert.deepEqual(
    all.hookRuns,
    Array.from({ length: many }, (_, index) => `hook ${index}`),
  );
});

test('what happened in a turn is told up to a bound, with how much there is', async () => {
  const Told = z.object({ hookRuns: z.array(z.unknown()), totals: z.object({ hookRuns: z.int() }) });
  for (const path of ['/api/threads/chain%200/turns/turn%200', '/api/threads/chain%200/turns/turn%200/happenings']) {
    const { hookRuns, totals } = Told.parse(await get(path));
    assert.deepEqual([hookRuns.length, totals.hookRuns], [1000, many]);
  }
});

test('the choices of the filter are few, and say how many more there are', async () => {
  const Choices = z.object({
    model: z.array(z.unknown()),
    client: z.array(z.unknown()),
    codexVersion: z.array(z.unknown()),
    more: z.object({ model: z.int(), client: z.int(), codexVersion: z.int(), imports: z.int() }),
  });
  const { model, client, codexVersion, more } = Choices.parse(await get('/api/facets'));
  assert.ok(model.length <= 40, 'long names take the room of many');
  assert.deepEqual(
    [
      model.length + more.model,
      client.length,
      client.length + more.client,
      codexVersion.length + more.codexVersion,
      more.imports,
    ],
    [many + 1, 200, many + 1, many + 1, 0],
  );
});

test('what came in is listed up to a bound, with how much there is', async () => {
  const Quality = z.object({
    types: z.array(z.unknown()),
    totals: z.object({ types: z.int() }),
    unknowns: z.object({ total: z.int(), unknowns: z.array(z.unknown()) }),
    rejects: z.array(z.object({ rejects: z.int() })),
  });
  const { types, totals, unknowns, rejects } = Quality.parse(await get('/api/quality'));
  assert.deepEqual(
    [types.length, totals.types, unknowns.unknowns.length, rejects.map((each) => each.rejects)],
    [1000, many + 14, 1000, [many + 150]],
  );
  assert.ok(unknowns.total >= 2 * many);
});

test('the groups of a breakdown are the largest, with how many more there are and what all of them come to', async () => {
  const Groups = z.object({
    groups: z.array(z.object({ key: z.record(z.string(), z.string().nullable()), total: z.int() })),
    total: z.object({ total: z.int() }),
    more: z.int(),
  });
  const hooks = Groups.parse(await get('/api/hooks/breakdown?by=hookName'));
  assert.deepEqual([hooks.groups.length, hooks.more, hooks.total.total], [1000, many - 1000, many]);
  const [all] = Groups.parse(await get('/api/hooks/breakdown?by=threadKind')).groups;
  assert.deepEqual(all, { ...all, total: many });
  const { groups, more, total } = Groups.parse(await get('/api/compactions/breakdown?by=model,status'));
  assert.ok(groups.length > 100 && groups.length <= 250, 'long keys take the room of many');
  assert.deepEqual([groups.length + more, total.total], [many - 2, many]);
});

test('imports come page by page with how many there are, each with the beginning of its rejects', async () => {
  const Imports = z.object({
    imports: z.array(
      z.object({ id: z.string(), rejects: z.array(z.unknown()), rejected: z.object({ total: z.int() }) }),
    ),
    total: z.int(),
    nextCursor: z.string().nullable(),
  });
  const { imports, total, nextCursor } = Imports.parse(await get('/api/imports'));
  assert.deepEqual(
    [imports.map(({ id, rejects, rejected }) => [id, rejects.length, rejected.total]), total, nextCursor],
    [
      [
        ['3', 100, 150],
        ['2', 0, 0],
        ['1', 100, many],
      ],
      3,
      null,
    ],
  );
  const first = Imports.parse(await get('/api/imports?limit=2'));
  const second = Imports.parse(await get(`/api/imports?limit=2&cursor=${first.nextCursor}`));
  assert.deepEqual(
    [first, second].map((page) => [page.imports.map(({ id }) => id), page.total, page.nextCursor === null]),
    [
      [['3', '2'], 3, false],
      [['1'], 3, true],
    ],
  );
});

test('a page of events ends early where their texts are long, and the pages hold each of them once', async () => {
  const Events = z.object({
    events: z.array(
      z.object({ id: z.string(), payload: z.object({ event_params: z.object({ index: z.int().optional() }) }) }),
    ),
    nextCursor: z.string().nullable(),
  });
  for (const [query, sizes] of [
    ['threadId=large', [3, 3, 3]],
    ['threadId=large&withText=true', [3, 3, 3]],
    ['threadId=large&field=text', [3, 3, 3]],
    ['threadId=together', [1000, 500]],
  ] as const) {
    const pages: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { events, nextCursor }: z.output<typeof Events> = Events.parse(
        await get(`/api/events?limit=1000&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`),
      );
      pages.push(events.map(({ id }) => id));
      cursor = nextCursor;
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      sizes,
      query,
    );
    assert.equal(new Set(pages.flat()).size, pages.flat().length);
  }
});

test('no list of the API is larger than its bound', async () => {
  for (const path of [
    '/api/imports/1',
    '/api/imports/3',
    '/api/imports/3/rejects?limit=1000',
    '/api/imports/1/rejects?limit=1000',
    '/api/imports/1/logs?limit=1000',
    '/api/threads?limit=1000',
    '/api/events?limit=1000',
    '/api/summary',
  ])
    await get(path);
});

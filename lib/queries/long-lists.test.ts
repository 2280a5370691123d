import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { z } from 'zod';
import { answer } from '../api/answer.ts';
import { openDendro } from '../testing/dendro.ts';

/** More of everything than any list tells at once. */
const many = 1500;
/** In bytes: no answer of the API that lists things is larger, however extreme the logs are. Those of a whole forest, a timeline and an outline are drawn as one and are not lists. */
const largestAnswer = 12 << 20;

const event = (type: string, params: object): string => JSON.stringify({ event_type: type, event_params: params });
const log = Array.from({ length: many }, (_, index) => [
  event('codex_thread_initialized', { thread_id: `chain ${index}`, ...(index === 0 ? {} : { parent_thread_id: `chain ${index - 1}` }), thread_source: 'user', model: `model ${index} ${'m'.repeat(500)}`, created_at: 1_795_348_971 + index,
    app_server_client: { product_client_id: `client ${index}` }, runtime: { codex_rs_version: `0.${index}.0` } }),
  event('codex_turn_event', { thread_id: 'chain 0', turn_id: `turn ${index}`, status: 'completed', started_at: 1_795_348_971 + index, [`field ${index}`]: 1, total_tokens: 5 }),
  event('codex_hook_run', { thread_id: 'chain 0', turn_id: 'turn 0', hook_name: `hook ${index}`, status: 'completed' }),
  event(`type ${index} ${'t'.repeat(500)}`, { thread_id: 'chain 0' }),
  'no event',
].join('\n')).join('\n');
const dendro = await openDendro(log);
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
    ancestors: z.array(z.object({ threadId: z.string() })), subtree: z.array(z.object({ threadId: z.string() })), turns: z.array(z.object({ turnId: z.string() })), hookRuns: z.array(z.object({ hookName: z.string() })),
    totals: z.record(z.string(), z.int()), nextCursor: z.string().nullable(),
  });
  const all = { ancestors: new Array<string>(), subtree: new Array<string>(), turns: new Array<string>(), hookRuns: new Array<string>() };
  const chain = Array.from({ length: many }, (_, index) => `chain ${index}`);
  for (const [thread, own] of [['chain 0', true], [`chain ${many - 1}`, false]] as const) {
    let cursor: string | null = '';
    let pages = 0;
    for (; cursor !== null; pages++) {
      const detail: z.output<typeof Detail> = Detail.parse(await get(`/api/threads/${encodeURIComponent(thread)}${cursor === '' ? '' : `?cursor=${cursor}`}`));
      all.ancestors.push(...detail.ancestors.map(({ threadId }) => threadId));
      all.subtree.push(...detail.subtree.map(({ threadId }) => threadId));
      all.turns.push(...detail.turns.map(({ turnId }) => turnId));
      all.hookRuns.push(...detail.hookRuns.map(({ hookName }) => hookName));
      assert.deepEqual([detail.totals.ancestors, detail.totals.subtree, detail.totals.turns, detail.totals.hookRuns], own ? [0, many - 1, many, many] : [many - 1, 0, 0, 0]);
      cursor = detail.nextCursor;
    }
    assert.equal(pages, 2);
  }
  assert.deepEqual(all.ancestors, chain.slice(0, -1));
  assert.deepEqual(all.subtree, chain.slice(1));
  assert.deepEqual(all.turns, Array.from({ length: many }, (_, index) => `turn ${index}`));
  assert.deepEqual(all.hookRuns, Array.from({ length: many }, (_, index) => `hook ${index}`));
});

test('what happened in a turn is told up to a bound, with how much there is', async () => {
  const Told = z.object({ hookRuns: z.array(z.unknown()), totals: z.object({ hookRuns: z.int() }) });
  for (const path of ['/api/threads/chain%200/turns/turn%200', '/api/threads/chain%200/turns/turn%200/happenings']) {
    const { hookRuns, totals } = Told.parse(await get(path));
    assert.deepEqual([hookRuns.length, totals.hookRuns], [1000, many]);
  }
});

test('the choices of the filter are few, and say how many more there are', async () => {
  const Choices = z.object({ model: z.array(z.unknown()), client: z.array(z.unknown()), codexVersion: z.array(z.unknown()), more: z.object({ model: z.int(), client: z.int(), codexVersion: z.int(), imports: z.int() }) });
  const { model, client, codexVersion, more } = Choices.parse(await get('/api/facets'));
  assert.ok(model.length <= 40, 'long names take the room of many');
  assert.deepEqual([model.length + more.model, client.length, client.length + more.client, codexVersion.length + more.codexVersion, more.imports], [many, 200, many, many, 0]);
});

test('what came in is listed up to a bound, with how much there is', async () => {
  const Quality = z.object({ types: z.array(z.unknown()), totals: z.object({ types: z.int() }), unknowns: z.object({ total: z.int(), unknowns: z.array(z.unknown()) }), rejects: z.array(z.object({ rejects: z.int() })) });
  const { types, totals, unknowns, rejects } = Quality.parse(await get('/api/quality'));
  assert.deepEqual([types.length, totals.types, unknowns.unknowns.length, rejects.map((each) => each.rejects)], [1000, many + 3, 1000, [many]]);
  assert.ok(unknowns.total >= 2 * many);
});

test('no list of the API is larger than its bound', async () => {
  for (const path of ['/api/imports', '/api/imports/1', '/api/imports/1/rejects?limit=1000', '/api/imports/1/parts?limit=1000', '/api/threads?limit=1000', '/api/events?limit=1000', '/api/summary']) await get(path);
});

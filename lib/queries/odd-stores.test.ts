import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askEverything } from '../testing/ask-everything.ts';
import { openDendro, sampleLog, type TestDendro } from '../testing/dendro.ts';
import { rolloutLines, rolloutNames, rolloutVersions } from '../testing/rollouts.ts';
import { summary } from './summary.ts';
import { threadList } from './threads.ts';

/*
 * The engine's plan for a statement depends on its knowledge of the values in the columns. So these tests ask the
 * product's own statements of stores whose columns hold nothing, one value, the same value everywhere, very short or
 * very long ones, and of stores that grow by a line at a time, as the log of a running Codex does.
 */

const event = (type: string, params: object): string =>
  `${JSON.stringify({ event_type: type, event_params: params })}\n`;
const runtime = { codex_rs_version: '0.156.0', runtime_os: 'linux', runtime_os_version: '1', runtime_arch: 'x86_64' };
const client = { product_client_id: 'c', client_name: 'c', client_version: '1', rpc_transport: 'stdio' };
const initialized = (thread: string, params: object = {}): string =>
  event('codex_thread_initialized', {
    thread_id: thread,
    model: 'm',
    ephemeral: false,
    thread_source: 'user',
    initialization_mode: 'new',
    subagent_source: null,
    parent_thread_id: null,
    created_at: 1_776_000_000,
    app_server_client: client,
    runtime,
    ...params,
  });
const turn = (thread: string, id: string, params: object = {}): string =>
  event('codex_turn_event', { thread_id: thread, turn_id: id, status: 'completed', total_tokens: 5, ...params });

async function figures({ store }: TestDendro): Promise<unknown> {
  const { threads } = await threadList(store, {}, { limit: 100 });
  return [threads, await summary(store, {})];
}

test('a small log that comes again, grown by a turn, keeps its figures', async () => {
  for (const id of ['u', '019f8ff3-b2f7-7000-8000-000000000001', 'x'.repeat(300)]) {
    await using dendro = await openDendro(initialized('t'));
    await figures(dendro);
    await dendro.take(initialized('t') + turn('t', id));
    const { turns, tokens } = await summary(dendro.store, {});
    assert.deepEqual([turns.total, tokens.total], [1, 5], id);
    await askEverything(dendro, { briefly: id !== 'u' });
  }
});

test('every route answers for stores of odd contents', async () => {
  const values = [null, '', 'a', 'x'.repeat(13), 'y'.repeat(200), '\u{1f600}', '0'];
  const value = fc.constantFrom(...values);
  const number = fc.constantFrom(null, 0, 1, 255, 256, 65_536, 2 ** 31, 2 ** 53 - 1);
  const thread = fc.constantFrom('t', 'a', 't2', '019f8ff3-b2f7-7000-8000-000000000001');
  const line = fc.oneof(
    fc
      .record({
        id: thread,
        model: value,
        version: value,
        product: value,
        created_at: number,
        parent_thread_id: fc.option(thread),
      })
      .map(({ id, version, product, ...params }) =>
        initialized(id, {
          ...params,
          runtime: { ...runtime, codex_rs_version: version },
          app_server_client: { ...client, product_client_id: product },
        }),
      ),
    fc
      .record({
        id: thread,
        turn: thread,
        model: value,
        total_tokens: number,
        started_at: number,
        duration_ms: number,
        status: fc.constantFrom('completed', 'failed', null),
      })
      .map(({ id, turn: turnId, ...params }) => turn(id, turnId, params)),
    fc
      .record({
        thread_id: thread,
        turn_id: thread,
        hook_name: value,
        hook_source: value,
        status: fc.constantFrom('completed', 'failed', 'blocked', null),
      })
      .map((params) => event('codex_hook_run', params)),
    fc
      .record({
        thread_id: thread,
        turn_id: thread,
        trigger: value,
        phase: value,
        status: fc.constantFrom('completed', 'failed'),
        active_context_tokens_before: number,
        active_context_tokens_after: number,
      })
      .map((params) => event('codex_compaction_event', params)),
    fc
      .record({
        thread_id: thread,
        turn_id: thread,
        review_id: thread,
        decision: fc.constantFrom('approved', 'denied'),
        risk_level: value,
        guardian_thread_id: fc.option(thread),
        terminal_status: fc.constantFrom('approved', 'denied'),
      })
      .map((params) => event('codex_guardian_review', params)),
    fc.constantFrom(event('codex_new_event', { thread_id: 't' }), 'no event\n'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      async (logs) => {
        await using dendro = await openDendro();
        for (const log of logs) {
          await dendro.take(log.join(''));
          await figures(dendro);
        }
        await askEverything(dendro, { briefly: true });
      },
    ),
    { numRuns: 4, seed: 13 },
  );
});

const recorded = [
  { name: 'the sample', lines: sampleLog.trimEnd().split('\n') },
  ...rolloutVersions.flatMap((version) =>
    ['analytics', ...rolloutNames(version)].map((name) => ({
      name: `${version}/${name}`,
      lines: rolloutLines(version, name),
    })),
  ),
];
/** Returns every line at first, where statistics change the most, and then growing steps. */
function sizes(lines: number): number[] {
  const steps: number[] = [];
  for (let size = 1; size < lines; size = size < 3 ? size + 1 : size * 6) steps.push(size);
  return [...steps, lines];
}

test('a recorded log that grows keeps its figures', async () => {
  // One in fifteen of them; each version has its turn.
  for (const { name, lines } of recorded.filter((_, index) => index % 15 === 0)) {
    await using dendro = await openDendro();
    for (const size of sizes(lines.length)) {
      await dendro.take(`${lines.slice(0, size).join('\n')}\n`);
      await assert.doesNotReject(figures(dendro), `${name}, ${size} lines`);
    }
  }
});

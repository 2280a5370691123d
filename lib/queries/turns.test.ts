import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDendro } from '../testing/dendro.ts';
import { threadTurns } from './turns.ts';

const turnLine = (turnId: string, usage: object): string =>
  `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: 't', turn_id: turnId, status: 'completed', ...usage } })}\n`;

test('usage that is reported in part is zero in the rest, and none at all is null', async () => {
  await using dendro = await openDendro(
    turnLine('part', { total_tokens: 5 }) + turnLine('without', {}) + turnLine('zero', { input_tokens: 0 }),
  );
  const { turns } = await threadTurns(dendro.store, 't');
  const none = { input: 0, cachedInput: 0, output: 0, reasoningOutput: 0, total: 0 };
  assert.deepEqual(
    turns.map(({ turnId, tokens }) => [turnId, tokens]),
    [
      ['part', { ...none, total: 5 }],
      ['without', null],
      ['zero', none],
    ],
  );
});

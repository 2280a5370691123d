import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { openDendro } from '../lib/testing/dendro.ts';
import { askOwnPages } from './own-pages.ts';

/** A root with a subagent, and a root alone that is newer and comes first. */
const log = ['alone', 'a root/with a slash'].map((thread, index) => JSON.stringify({
  event_type: 'codex_turn_event', event_params: { thread_id: thread, turn_id: 'turn', status: 'completed', started_at: 1_776_000_002 - index },
})).concat(JSON.stringify({
  event_type: 'codex_thread_initialized', event_params: { thread_id: 'below', parent_thread_id: 'a root/with a slash', thread_source: 'subagent', subagent_source: 'thread_spawn', created_at: 1_776_000_003 },
})).join('\n');

test('the server asks its own pages when there are many events, with its token, and stops at once when it is told to', async () => {
  await using dendro = await openDendro(log);
  const asked: string[] = [];
  const unanswered = '/hooks';
  const hung = Promise.withResolvers<http.ServerResponse>();
  let hangs = false;
  const server = http.createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    if (hangs && request.url === unanswered) hung.resolve(response);
    else response.end('a page');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  assert.ok(bound !== null && typeof bound !== 'string');
  const own = { address: `http://127.0.0.1:${bound.port}`, token: 'a secret of the test' };
  try {
    await askOwnPages({ ...own, store: dendro.store }, new AbortController().signal);
    assert.deepEqual(asked, [], 'few events');

    // As if there were many; `ledgers` keeps no answers.
    await dendro.store.write((transaction) => transaction.run('UPDATE event_counts SET events = events * 100000'));
    await askOwnPages({ ...own, store: dendro.ledgers }, new AbortController().signal);
    const pages = ['/', '/threads', '/compactions', '/hooks', '/guardian', '/quality', '/imports', '/threads/a%20root%2Fwith%20a%20slash'].map((path) => `${path} Bearer ${own.token}`);
    assert.deepEqual(asked.slice(0, pages.length), pages);
    assert.deepEqual([...new Set(asked)], pages, 'again and again the same');

    asked.length = 0;
    hangs = true;
    const stop = new AbortController();
    const asking = askOwnPages({ ...own, store: dendro.ledgers }, stop.signal);
    const response = await hung.promise;
    stop.abort();
    await assert.rejects(asking, { name: 'AbortError' });
    if (!response.closed) await once(response, 'close');
    assert.equal(asked.at(-1), `${unanswered} Bearer ${own.token}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

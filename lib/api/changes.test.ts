import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { answer } from './answer.ts';

/** Reads a stream of events until it holds what is wanted, or ends. */
class Events {
  readonly #left = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  text = '';

  async open(query = '', headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const response = await answer(
      new Request(`http://127.0.0.1:3000/api/changes${query}`, {
        headers: { accept: 'text/event-stream', ...headers },
        signal: this.#left.signal,
      }),
    );
    if (response.ok) this.#reader = response.body?.getReader();
    return response;
  }

  async until(wanted: RegExp): Promise<void> {
    while (!wanted.test(this.text)) {
      const next = await this.#reader?.read();
      if (!next || next.done) return;
      this.text += Buffer.from(next.value).toString('utf8');
    }
  }

  get revisions(): readonly number[] {
    return [...this.text.matchAll(/^id: (\d+)\nevent: change\ndata: \{"revision":(\d+)\}\n\n/gm)].map(
      ([, id, revision]) => {
        assert.equal(id, revision);
        return Number(id);
      },
    );
  }

  leave(): void {
    this.#left.abort();
  }
}

test('a change sends an event, several changes at once send one, and a client that reconnects gets the latest revision', async () => {
  await using dendro = await openDendro();
  globalThis.dendro = dendro;
  const { changes } = dendro.importer;
  const events = new Events();
  const response = await events.open();
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  await events.until(/connected/);
  assert.deepEqual(events.revisions, []);
  for (let times = 0; times < 5; times++) changes.add();
  await events.until(/event: change/);
  assert.deepEqual(events.revisions, [changes.revision]);

  const before = changes.revision;
  await dendro.take(sampleLog, 'sample.jsonl');
  await dendro.importer.delete([1]);
  await dendro.take(sampleLog, 'sample.jsonl');
  const latest = new RegExp(`id: ${changes.revision}\\n`);
  await events.until(latest);
  assert.equal(events.revisions.at(-1), changes.revision);

  for (const [query, headers] of [
    [`?since=${before}`, {}],
    [`?since=${changes.revision}`, { 'last-event-id': String(before) }],
  ] as const) {
    const back = new Events();
    await back.open(query, headers);
    await back.until(latest);
    assert.deepEqual(back.revisions, [changes.revision]);
    back.leave();
  }

  // When Dendro stops, the stream ends.
  changes.end();
  await events.until(/never/);
  assert.equal(events.revisions.at(-1), changes.revision);
});

test('a client that does not accept event streams gets only the revision, and an invalid `since` is refused', async () => {
  await using dendro = await openDendro();
  globalThis.dendro = dendro;
  const plain = await answer(new Request('http://127.0.0.1:3000/api/changes'));
  assert.deepEqual(await plain.json(), { revision: dendro.importer.changes.revision });
  const response = await new Events().open('?since=now');
  assert.equal(response.status, 400);
  assert.match(await response.text(), /since/);
});

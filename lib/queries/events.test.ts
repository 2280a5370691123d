import assert from 'node:assert/strict';
import test from 'node:test';
import { z } from 'zod';
import { answer } from '../api/answer.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { sampleEvents } from '../testing/truth.ts';
import { eventById, eventJson, eventList, type EventListOptions } from './events.ts';
import type { LoggedEvent } from './shapes.ts';
import type { Reader } from '../store/store.ts';

async function every(store: Reader, options: Omit<EventListOptions, 'limit'> = {}): Promise<LoggedEvent[]> {
  const all: LoggedEvent[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await eventList(store, {}, { ...options, limit: 300, cursor });
    all.push(...page.events);
    cursor = page.nextCursor;
  }
  return all;
}

test('every event of the sample comes back as it was logged, in order', async () => {
  await using dendro = await openDendro(sampleLog);
  const events = await every(dendro.store);
  assert.deepEqual(
    events.map((event): unknown => JSON.parse(event.text)),
    sampleEvents,
  );
  const lines = sampleLog.split('\n');
  for (const event of events) assert.ok(lines[event.line - 1]?.includes(event.text), `line ${event.line}`);
  assert.equal(new Set(events.map((event) => event.id)).size, events.length);

  const compactions = await every(dendro.store, { type: 'codex_compaction_event' });
  assert.equal(compactions.length, 51);
  const { threadId, turnId } = compactions[0] ?? {};
  assert.ok(threadId && turnId);
  const ofTurn = await every(dendro.store, { threadId, turnId });
  assert.equal(
    ofTurn.length,
    sampleEvents.filter(({ event_params: params }) => params.thread_id === threadId && params.turn_id === turnId)
      .length,
  );
});

test('the payload keeps what JSON.parse would lose: digits, repeated keys, spaces and characters beyond the first plane', async () => {
  const text =
    '{ "event_type":"codex_hook_run","event_params":{"thread_id":"a","turn_id":"b","status":"completed","odd":12345678901234567890.10,"odd":"𝄞 \\u0041","__proto__":{"x":1}} }';
  const after = '{"event_type":"codex_hook_run","event_params":{"thread_id":"a","turn_id":"b","status":"failed"}}';
  await using dendro = await openDendro(`${text}\n${after}\n`);
  const [event, next] = await every(dendro.store);
  assert.ok(event && next);
  assert.equal(event.text, text);
  assert.equal(next.text, after);
  assert.ok(eventJson(event).includes(`"payload":${text}`));
  const withText = await eventById(dendro.store, event.id);
  assert.deepEqual(withText, event);
  assert.equal(z.object({ text: z.string() }).parse(JSON.parse(eventJson(event, { withText: true }))).text, text);
});

test('the text of an event is given as a file, as it stands in the log', async () => {
  const text = '{"event_type":"codex_hook_run",  "event_params":{"status":"completed","large":9007199254740993}}';
  await using dendro = await openDendro(`${text}\n`);
  globalThis.dendro = dendro;
  const [event] = await every(dendro.store);
  const response = await answer(new Request(`http://127.0.0.1:3000/api/events/${event?.id}/text`));
  assert.equal(await response.text(), text);
  assert.equal(response.headers.get('content-disposition'), `attachment; filename="event-${event?.id}.json"`);
  assert.equal((await answer(new Request('http://127.0.0.1:3000/api/events/9/text'))).status, 404);
});

test('there is no event of an id that none has', async () => {
  await using dendro = await openDendro();
  for (const id of ['1', 'x', '-1', '99999999999999999999']) assert.equal(await eventById(dendro.store, id), null);
});

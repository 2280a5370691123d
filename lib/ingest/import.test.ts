import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { catalogue } from '../events/catalogue.ts';
import { eventById, eventList } from '../queries/events.ts';
import { importById, importList } from '../queries/imports.ts';
import { summary } from '../queries/summary.ts';
import { factTableNames } from '../store/tables.ts';
import { atOnce, openDendro, sampleLog, stateOf, stateWith, type TestDendro } from '../testing/dendro.ts';
import type { ImportOutcome } from './importer.ts';

const lines = sampleLog.trimEnd().split('\n');
const logOf = (part: readonly string[]): string => part.map((line) => `${line}\n`).join('');
const half = lines.length >> 1;

/** The figures of the whole sample log, to compare others with. */
const stateOfSample = stateWith(sampleLog);
async function created(dendro: TestDendro, outcome: ImportOutcome) {
  assert.ok(outcome.kind === 'created', JSON.stringify(outcome));
  const found = await importById(dendro.store, String(outcome.importId));
  assert.ok(found);
  return found;
}
const refusal = (outcome: ImportOutcome): string => (outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind);
const turnLine = (params: object): string =>
  JSON.stringify({
    events: [
      {
        event_type: 'codex_turn_event',
        event_params: { thread_id: 't', turn_id: 'u', status: 'completed', total_tokens: 5, ...params },
      },
    ],
  });
const hookLine = (status: string, turn = 'u'): string =>
  JSON.stringify({
    events: [
      {
        event_type: 'codex_hook_run',
        event_params: { thread_id: 't', turn_id: turn, hook_name: 'Stop', hook_source: 'user', status },
      },
    ],
  });

const largestOf = ({ shape }: { readonly shape: Readonly<Record<string, z.ZodType>> }, type: string) =>
  Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [
      name,
      [2 ** 53 - 1, 8.64e15, 8.64e12, type].find((value) => field.safeParse(value).success) ?? 2 ** 53 - 1,
    ]),
  );

test('the largest numbers of every kind of event keep no log out', async () => {
  const log = [...catalogue].map(([type, { schema }]) =>
    JSON.stringify({ event_type: type, event_params: largestOf(schema, type) }),
  );
  await using dendro = await openDendro();
  const { lines, events } = await created(dendro, await dendro.take(`${log.join('\n')}\n`));
  assert.equal(lines.rejected + events.accepted, log.length);
  await stateOf(dendro);
});

test('what only another kind of event says is not believed of an event', async () => {
  const everyField = new Set([...catalogue.values()].flatMap(({ schema }) => Object.keys(schema.shape)));
  const strange = [false, -1.5, 'strange', { type: 'strange' }, ['strange']];
  const factsWith = async (strangeAt: (index: number) => unknown): Promise<unknown> => {
    await using dendro = await openDendro();
    const log = [...catalogue].map(([type, { schema }]) => {
      const own = largestOf(schema, type);
      const others = [...everyField]
        .filter((field) => !(field in own))
        .map((field, index) => [field, strangeAt(index)]);
      return JSON.stringify({ event_type: type, event_params: { ...own, ...Object.fromEntries(others) } });
    });
    await created(dendro, await dendro.take(`${log.join('\n')}\n`));
    return await Promise.all(
      factTableNames.map((table) =>
        dendro.store.rows(
          `SELECT COLUMNS(c -> c NOT IN ('identity', 'checksum', 'text_length', 'text_start'))
            FROM ${table} ORDER BY ALL`,
        ),
      ),
    );
  };
  const plain = await factsWith(() => undefined);
  for (const first of [0, 3])
    assert.deepEqual(await factsWith((index) => strange[(index + first) % strange.length]), plain);
});

test('sums that no column holds leave figures to be read, and a thread that they do not touch as it is', async () => {
  const most = 2 ** 53 - 1;
  const events = Array.from({ length: 1100 }, (_, index) => [
    turnLine({ turn_id: `turn ${index}`, total_tokens: most, input_tokens: most }),
    turnLine({ thread_id: 'child', parent_thread_id: 't', turn_id: `turn ${index}`, total_tokens: most }),
    JSON.stringify({
      event_type: 'codex_compaction_event',
      event_params: {
        thread_id: 't',
        turn_id: `turn ${index}`,
        status: 'completed',
        active_context_tokens_before: 0,
        active_context_tokens_after: most,
      },
    }),
  ]).flat();
  await using dendro = await openDendro(logOf([...events, turnLine({ thread_id: 'other' })]));
  const { tokens, turns } = await summary(dendro.store, {});
  assert.ok(tokens.total >= 2 ** 63);
  assert.equal(turns.total, 2201);
  const threads = await dendro.store.rows(
    'SELECT thread_id, total_tokens, subtree_total_tokens, input_tokens FROM threads ORDER BY thread_id',
  );
  assert.deepEqual(
    threads.find(({ thread_id: id }) => id === 'other'),
    { thread_id: 'other', total_tokens: 5, subtree_total_tokens: 5, input_tokens: 0 },
  );
  assert.equal(Number(threads.find(({ thread_id: id }) => id === 't')?.subtree_total_tokens), 2 ** 63);
});

test('the sample log comes in whole, and its events keep their text', async () => {
  await using dendro = await openDendro();
  const imported = await created(dendro, await dendro.take(sampleLog));
  assert.deepEqual(imported.lines, { total: 1270, blank: 0, rejected: 0 });
  assert.deepEqual(imported.events, { accepted: 1292, duplicate: 0, unknown: 0, repaired: 0 });
  assert.deepEqual(imported.formats, { capture: 1270 });
  let cursor: string | null = null;
  const texts: string[] = [];
  do {
    const page: Awaited<ReturnType<typeof eventList>> = await eventList(
      dendro.store,
      {},
      { limit: 1000, ...(cursor === null ? {} : { cursor }) },
    );
    texts.push(...page.events.map((event) => event.text));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const expected = lines.flatMap((line) =>
    (JSON.parse(line) as { events: unknown[] }).events.map((event) => JSON.stringify(event)),
  );
  assert.deepEqual(texts, expected);
});

test('the same log twice is one import', async () => {
  await using dendro = await openDendro(sampleLog);
  const before = await stateOf(dendro);
  assert.deepEqual(await dendro.take(sampleLog), {
    kind: 'existing',
    importId: 1,
    logs: { read: 0, alreadyIn: 1, passedOver: 0 },
  });
  assert.deepEqual(await stateOf(dendro), before);
});

test('a log that has grown adds only its new lines, also when the longer one came first', async () => {
  const whole = await stateOfSample;
  await using dendro = await openDendro(logOf(lines.slice(0, half)));
  const grown = await created(dendro, await dendro.take(sampleLog));
  assert.deepEqual(await stateOf(dendro), whole);
  assert.equal(grown.events.accepted + grown.events.duplicate, 1292);
  assert.ok(grown.events.duplicate > 0);
  assert.deepEqual(await stateWith(sampleLog, logOf(lines.slice(0, half))), whole);
});

test('a log cut in the middle of its last line grows into the whole', async () => {
  const cut = logOf(lines.slice(0, half)).slice(0, -200);
  await using dendro = await openDendro(cut);
  await dendro.take(sampleLog);
  assert.deepEqual(await stateOf(dendro), await stateOfSample);
});

test('the parts of a split log add up to the whole, in either order', async () => {
  const whole = await stateOfSample;
  for (const at of [1, half, lines.length - 1]) {
    const [first, second] = [logOf(lines.slice(0, at)), logOf(lines.slice(at))];
    assert.deepEqual(await stateWith(first, second), whole);
    assert.deepEqual(await stateWith(second, first), whole);
  }
});

test('hook runs that repeat byte for byte each count, in one log and over the parts of a split one', async () => {
  await using one = await openDendro(logOf([hookLine('failed'), hookLine('failed'), hookLine('failed')]));
  assert.equal((await summary(one.store, {})).hooks.failed, 3);
  await using parts = await openDendro(
    logOf([turnLine({}), hookLine('failed'), hookLine('failed')]),
    logOf([hookLine('failed')]),
  );
  assert.equal((await summary(parts.store, {})).hooks.failed, 3);
});

test('a turn that two logs report counts once, whichever came first', async () => {
  const short = logOf([turnLine({ total_tokens: 5 })]);
  const long = logOf([turnLine({ total_tokens: 7, model: 'gpt-5.5' })]);
  for (const logs of [
    [short, long],
    [long, short],
  ]) {
    await using dendro = await openDendro(...logs);
    const { turns, tokens } = await summary(dendro.store, {});
    assert.deepEqual([turns.total, tokens.total], [1, 7]);
  }
});

test('deleting an import leaves what never importing it would have left', async () => {
  const second = logOf(lines.slice(half - 200));
  await using dendro = await openDendro(sampleLog, second);
  assert.deepEqual(await dendro.importer.delete([1]), []);
  assert.deepEqual(await stateOf(dendro), await stateWith(second));
  assert.equal((await importById(dendro.store, '2'))?.events.duplicate, 0);
  assert.deepEqual(await dendro.importer.delete([2, 1]), [1]);
  assert.deepEqual(await dendro.importer.delete([2]), []);
  assert.deepEqual(await stateOf(dendro), await stateWith());
});

const wholeLog = (transform: (event: unknown, line: string) => string): string =>
  lines
    .flatMap((line) => (JSON.parse(line) as { events: unknown[] }).events.map((event) => transform(event, line)))
    .join('\n');

test('bare events, sink envelopes, a pretty-printed body and a mixture say the same as the capture', async () => {
  const whole = (await stateOfSample) as { summary: unknown; threads: unknown };
  const sink = (event: unknown) =>
    JSON.stringify({
      schema_version: 1,
      recorded_at_epoch_millis: 1795348980000,
      record_type: 'codex_analytics_event',
      payload: event,
    });
  const pretty = JSON.stringify(
    { events: lines.flatMap((line) => (JSON.parse(line) as { events: unknown[] }).events) },
    null,
    2,
  );
  const mixed = lines
    .map((line, index) =>
      index % 2 === 0
        ? line
        : (JSON.parse(line) as { events: unknown[] }).events
            .map((event) => (index % 4 === 1 ? JSON.stringify(event) : sink(event)))
            .join('\n'),
    )
    .join('\n');
  for (const log of [
    wholeLog((event) => JSON.stringify(event)),
    wholeLog(sink),
    pretty,
    `\ufeff${mixed.replaceAll('\n', '\r\n')}`,
  ]) {
    const other = (await stateWith(log)) as { summary: unknown };
    assert.deepEqual(other.summary, whole.summary);
  }
});

test('a pretty-printed body keeps each event as it stands, on the line where it begins', async () => {
  const text = JSON.stringify(
    { events: [{ event_type: 'codex_a', event_params: { n: 1 } }, { event_type: 'codex_b' }] },
    null,
    2,
  );
  await using dendro = await openDendro(text);
  const { events } = await eventList(dendro.store, {}, { limit: 10 });
  assert.deepEqual(
    events.map(({ line, type }) => [line, type]),
    [
      [3, 'codex_a'],
      [9, 'codex_b'],
    ],
  );
  assert.ok(events.every((event) => text.includes(event.text)));
});

test('of tens of thousands of events in one pretty-printed value each stands on its line, and of rejects the first thousand do', async () => {
  const many = Array.from({ length: 40_000 }, (_, index) => ({ event_type: index % 2 === 0 ? 'codex_a' : '' }));
  await using dendro = await openDendro(JSON.stringify({ events: many }, null, 1));
  for (const [first, lines, table] of [
    [3, 20_000, 'logged_events'],
    [6, 1000, 'rejects'],
  ] as const) {
    const [found] = await dendro.store.rows(
      `SELECT count(DISTINCT line) AS lines, min(line) AS first, max(line) AS last FROM ${table}`,
    );
    assert.deepEqual(found, { lines, first, last: first + 6 * (lines - 1) });
  }
  const {
    imports: [imported],
  } = await importList(dendro.store, { limit: 1 });
  assert.deepEqual(imported?.rejected, { total: 20_000, kept: 1000 });
});

test('an event is kept exactly: large numbers, escapes, double keys, hostile names', async () => {
  const odd =
    '{"event_type":"codex_odd","event_params":{"n":12345678901234567890,"x":1.0,"s":"\\u00e9\\/","k":1,"k":2,"__proto__":{"a":1}}}';
  await using dendro = await openDendro(`${odd}\n{"events":[${odd}, ${odd.replace('codex_odd', 'codex_odder')} ]}\n`);
  const { events } = await eventList(dendro.store, {}, { limit: 10 });
  assert.deepEqual(
    events.map((event) => event.text),
    [odd, odd, odd.replace('codex_odd', 'codex_odder')],
  );
  assert.equal((await eventById(dendro.store, events[0]?.id ?? ''))?.text, odd);
});

const good = hookLine('blocked');
const badLines: Record<string, readonly [line: string | Uint8Array, code: string]> = {
  'a truncated line': ['{"events":[{"event_type":"codex_turn', 'truncated_json'],
  'something that is no JSON': ['<html><body>', 'invalid_json'],
  'JSON of something else': ['{"name":"dendro","version":"1"}', 'not_an_event'],
  'another record of the sink': ['{"record_type":"responses_api_call","payload":{}}', 'not_an_event'],
  'a lonely number': ['42', 'not_an_event'],
  'a string where a number belongs': [turnLine({ input_tokens: '12' }), 'wrong_type'],
  'a number beyond 2^53': [turnLine({ input_tokens: 2 ** 60 }), 'out_of_range'],
  'negative tokens': [turnLine({ total_tokens: -5 }), 'out_of_range'],
  'a turn without a thread': [turnLine({ thread_id: null }), 'missing_field'],
  'nesting 10,000 deep': [
    `{"event_type":"x","event_params":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    'nested_too_deep',
  ],
  'invalid UTF-8': [new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'invalid_utf8'],
};

for (const [name, [line, code]] of Object.entries(badLines)) {
  test(`${name} is rejected as ${code}, with its line, and the good lines around it are kept`, async () => {
    await using dendro = await openDendro();
    const before = Buffer.from(`${good}\n\n`);
    const log = Buffer.concat([
      before,
      typeof line === 'string' ? Buffer.from(line) : line,
      Buffer.from(`\n${good}\n`),
    ]);
    const outcome = await dendro.importer.import({
      name: 'x',
      bytes: new Blob([log]).stream(),
      totalBytes: null,
      clientKey: null,
      signal: new AbortController().signal,
    });
    const imported = await created(dendro, outcome);
    assert.deepEqual(
      imported.rejects.map((reject) => [reject.line, reject.code]),
      [[3, code]],
    );
    assert.deepEqual([imported.lines, imported.events.accepted], [{ total: 4, blank: 1, rejected: 1 }, 2]);
    assert.ok(imported.rejects.every((reject) => reject.message.length > 10 && reject.excerpt.length <= 200));
  });
}

test('one bad event of a body is rejected, and the others of that body are kept', async () => {
  await using dendro = await openDendro();
  const [bad, fine] = [turnLine({ total_tokens: -5 }), turnLine({})].map((line) =>
    line.slice('{"events":['.length, -2),
  );
  const imported = await created(dendro, await dendro.take(`{"events":[${fine},${bad},${fine}]}`));
  assert.deepEqual(
    [imported.events.accepted, imported.events.duplicate, imported.lines.rejected, imported.rejects.length],
    [1, 1, 1, 1],
  );
});

test('a line of 20 MB is an event like any other, and one beyond the limit is rejected', async () => {
  await using dendro = await openDendro();
  const long = (size: number): string =>
    JSON.stringify({ event_type: 'codex_large', event_params: { text: 'x'.repeat(size) } });
  const imported = await created(dendro, await dendro.take(`${long(20e6)}\n${long(40e6)}\n${good}\n`));
  assert.deepEqual(
    imported.rejects.map(({ line, code }) => [line, code]),
    [[2, 'line_too_long']],
  );
  assert.equal(imported.events.accepted, 2);
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
).toString('latin1');
for (const [name, log] of Object.entries({
  'an empty file': '',
  'blank lines': '\n\n',
  'a PNG': png,
  HTML: '<!doctype html>\n<p>hello</p>\n',
  'a JSON of something else': '{"a":[1,2,3]}',
  'a truncated event': turnLine({}).slice(0, 40),
  'an empty body': '{"events":[]}',
  'an empty list': '[]',
})) {
  test(`${name} is refused whole and leaves nothing behind`, async () => {
    await using dendro = await openDendro();
    assert.equal(refusal(await dendro.take(log)), 'no_events');
    assert.deepEqual((await importList(dendro.store, { limit: 1 })).total, 0);
    assert.deepEqual(await dendro.store.rows('SELECT * FROM rejects'), []);
  });
}

test('a refusal is short, however long the names are that it tells of', async () => {
  await using dendro = await openDendro();
  const outcome = await dendro.take(`{"record_type":"${'long '.repeat(1e6)}"}`);
  assert.ok(
    outcome.kind === 'refused' &&
      outcome.refusal.message.length < 1200 &&
      outcome.refusal.message.includes('not a Codex event: a long long'),
    JSON.stringify(outcome).slice(0, 2000),
  );
});

test('unknown event types are kept and counted', async () => {
  await using dendro = await openDendro();
  const imported = await created(
    dendro,
    await dendro.take('{"event_type":"codex_future","event_params":{"thread_id":"t9"}}'),
  );
  assert.deepEqual([imported.events.accepted, imported.events.unknown], [1, 1]);
  const { events, threads } = await summary(dendro.store, {});
  assert.deepEqual([events, threads.total], [{ total: 1, unknown: 1 }, 1]);
});

test('a cancelled import leaves nothing', async () => {
  await using dendro = await openDendro();
  const stop = new AbortController();
  async function* slowly() {
    yield Buffer.from(`${good}\n`);
    stop.abort();
    yield Buffer.from(`${good}\n`);
  }
  assert.equal(
    refusal(
      await dendro.importer.import({
        name: 'x',
        bytes: slowly(),
        totalBytes: null,
        clientKey: null,
        signal: stop.signal,
      }),
    ),
    'cancelled',
  );
  assert.equal((await importList(dendro.store, { limit: 1 })).total, 0);
  assert.deepEqual(dendro.importer.running(), []);
});

test('logs that come at the same time all come in', async () => {
  await using dendro = await openDendro();
  const outcomes = await Promise.all(
    [0, 1, 2, 3, 4].map((part) => dendro.take(logOf(lines.slice(part * 254, (part + 1) * 254)), `part-${part}`)),
  );
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    Array(5).fill('created'),
  );
  assert.deepEqual(await stateOf(dendro), await stateOfSample);
});

test('of many small logs that come at the same time each is an import of its own, but for one that comes twice, one that is cancelled, and one without events', async () => {
  await using dendro = await openDendro();
  const stop = new AbortController();
  const logs = Array.from({ length: 30 }, (_, part) => logOf(lines.slice(part * 20, (part + 1) * 20)));
  const outcomes = await atOnce(
    dendro,
    () => [
      ...logs.map((log, part) => dendro.take(log, `part-${part}`)),
      dendro.take(logs[3] ?? '', 'again'),
      dendro.importer.import({
        name: 'cancelled',
        bytes: new Blob([`${turnLine({ thread_id: 'cancelled' })}\n`]).stream(),
        totalBytes: null,
        clientKey: null,
        signal: stop.signal,
      }),
      dendro.take('no event\n', 'empty'),
    ],
    () => stop.abort(),
  );
  const kinds = outcomes.map((outcome) => refusal(outcome));
  assert.deepEqual(kinds.slice(30), ['existing', 'cancelled', 'no_events']);
  assert.deepEqual(kinds.slice(0, 30), Array(30).fill('created'));
  const { imports } = await importList(dendro.store, { limit: 100 });
  assert.deepEqual(
    imports.map(({ name, events }) => [name, events.accepted > 0]).sort(),
    logs.map((_, part) => [`part-${part}`, true]).sort(),
  );
  assert.deepEqual(await stateOf(dendro), await stateWith(logs.join('')));
});

test("an event without a time of its own takes its turn's start, else its neighbour's time, in every table alike", async () => {
  await using dendro = await openDendro(
    logOf([
      '{"event_type":"skill_invocation","event_params":{"thread_id":"t"}}',
      hookLine('failed', 'no-uuid'),
      turnLine({ turn_id: 'no-uuid', started_at: 1795348971, completed_at: 1795348975 }),
      '{"event_type":"skill_invocation","event_params":{"thread_id":"t"}}',
    ]),
  );
  const rows = await dendro.store.rows('SELECT type, time, time_source FROM events ORDER BY event_id');
  assert.deepEqual(
    rows.map((row) => [row.time, row.time_source]),
    [
      [1795348971000, 'order'],
      [1795348971000, 'turn'],
      [1795348971000, 'event'],
      [1795348971000, 'order'],
    ],
  );
  assert.deepEqual(await dendro.store.rows('SELECT time, time_source FROM hook_runs'), [
    { time: 1795348971000, time_source: 'turn' },
  ]);
});

test('any order of the lines and any split into imports gives the same forest', async () => {
  const forest = async (...logs: string[]) => {
    await using dendro = await openDendro(...logs);
    return await dendro.store.rows(
      `SELECT thread_id, parent_thread_id, root_thread_id, place, subtree_end, depth, kind, seen, cycle, created_at
        FROM threads ORDER BY root_thread_id, place`,
    );
  };
  const expected = await forest(sampleLog);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(lines, { minLength: lines.length }),
      fc.nat(lines.length - 1),
      fc.nat(lines.length - 1),
      async (shuffled, a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const parts = [shuffled.slice(0, first), shuffled.slice(first, second), shuffled.slice(second)].filter(
          (part) => part.length > 0,
        );
        assert.deepEqual(await forest(...parts.map(logOf)), expected);
      },
    ),
    { numRuns: 5 },
  );
});

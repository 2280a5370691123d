import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Filter } from '../filters.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { oddLog, oddThread, wrongClockThread } from '../testing/odd-log.ts';
import { encodeCursor } from './cursor.ts';
import { dataQuality, repairs, repeats } from './data-quality.ts';
import { eventList, type EventSelection } from './events.ts';
import { byImport, lineRows, passedOver } from './quality/came-in.ts';
import { rejectRows } from './quality/rejects.ts';
import { selectedThreads, type ThreadSelection } from './quality/threads.ts';
import { selectedTurns, type TurnSelection } from './quality/turns.ts';
import { unknownList } from './quality/unknowns.ts';

const log = oddLog.map((line) => `${line}\n`).join('');
const dendro = await openDendro(log, sampleLog);
after(() => dendro[Symbol.asyncDispose]());
const { store } = dendro;
const odd: Filter = { importId: ['1'] };
const quality = await dataQuality(store, odd);

/** Returns the number of rows of a list, counted page by page. */
async function counted(
  page: (cursor: string | undefined) => Promise<{ readonly length: number; readonly nextCursor: string | null }>,
): Promise<number> {
  let total = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { length, nextCursor } = await page(cursor);
    total += length;
    cursor = nextCursor;
  }
  return total;
}
const events = (filter: Filter, selection: EventSelection): Promise<number> =>
  counted(async (cursor) => {
    const {
      events: { length },
      nextCursor,
    } = await eventList(store, filter, { ...selection, limit: 100, cursor });
    return { length, nextCursor };
  });
const threads = (filter: Filter, selection: ThreadSelection): Promise<number> =>
  counted(async (cursor) => {
    const {
      threads: { length },
      nextCursor,
    } = await selectedThreads(store, filter, { ...selection, limit: 30, cursor });
    return { length, nextCursor };
  });
const turns = (filter: Filter, selection: TurnSelection): Promise<number> =>
  counted(async (cursor) => {
    const {
      turns: { length },
      nextCursor,
    } = await selectedTurns(store, filter, { ...selection, limit: 70, cursor });
    return { length, nextCursor };
  });

test('lines and events are counted by format and type, and what was repaired', () => {
  assert.deepEqual(quality.lines, {
    imports: 1,
    total: 29,
    blank: 0,
    rejected: 6,
    formats: [
      { format: 'bare', lines: 25 },
      { format: 'sink', lines: 1 },
    ],
  });
  assert.deepEqual(
    quality.types,
    [
      ['codex_compaction_event', 5, 0],
      ['codex_hook_run', 5, 0],
      ['codex_turn_event', 4, 1],
      ['codex_thread_initialized', 3, 0],
      ['codex_turn_steer_event', 3, 0],
      ['codex_dream_event', 2, 0],
      ['codex_collab_agent_tool_call_event', 1, 0],
    ].map(([type, count, repaired]) => ({
      type,
      known: type !== 'codex_dream_event',
      events: count,
      repaired,
      formats:
        type === 'codex_hook_run'
          ? [
              { format: 'bare', events: 4 },
              { format: 'sink', events: 1 },
            ]
          : [{ format: 'bare', events: count }],
    })),
  );
});

test('a repaired event is found by any field that it lost, and says which', async () => {
  assert.deepEqual(
    quality.repairs,
    ['duration_ms', 'steer_count'].map((field) => ({ type: 'codex_turn_event', field, events: 1 })),
  );
  const lists = [
    { repaired: 'true' },
    { type: 'codex_turn_event', repairedField: 'steer_count' },
    { repairedField: 'duration_ms', turnId: 'repaired' },
  ] as const;
  for (const selection of lists) {
    const { events: found } = await eventList(store, odd, { ...selection, limit: 10 });
    assert.deepEqual(
      found.map(({ turnId, line, repairs }) => [turnId, line, repairs]),
      [['repaired', 5, ['duration_ms', 'steer_count']]],
    );
    assert.match(found[0]?.text ?? '', /"steer_count":"many"/);
  }
  assert.equal((await eventList(store, odd, { repairedField: 'model', limit: 10 })).events.length, 0);
  const {
    events: [whole],
  } = await eventList(store, odd, { limit: 1 });
  assert.deepEqual(whole?.repairs, []);
});

test('the repairs of an import go with it', async () => {
  await using others = await openDendro(log, sampleLog);
  await others.importer.delete([1]);
  const left = await dataQuality(others.store, {});
  assert.deepEqual([left.repairs, left.types.filter(({ repaired }) => repaired > 0)], [[], []]);
  assert.equal((await others.store.rows('SELECT * FROM logged_repairs')).length, 0);
  await others.take(log);
  assert.deepEqual((await dataQuality(others.store, {})).repairs, quality.repairs);
});

test('what is unknown comes with how often, when, and an example', async () => {
  assert.deepEqual(
    quality.unknowns.unknowns.map(({ what, type, field, value, occurrences }) => [
      what,
      type,
      field,
      value,
      occurrences,
    ]),
    [
      ['type', 'codex_dream_event', null, null, 2],
      ['field', 'codex_hook_run', 'mood', null, 2],
      ['value', 'codex_hook_run', 'hook_source', 'moon', 1],
    ],
  );
  const [type, field, value] = quality.unknowns.unknowns;
  assert.ok(type && field && value);
  assert.deepEqual(
    [type.first.time, type.last.time, type.first.timeSource],
    ['2026-04-12T13:20:43.000Z', '2026-04-12T13:21:13.000Z', 'event'],
  );
  assert.deepEqual(
    [field.first.timeSource, field.last.timeSource],
    ['turn', 'order'],
    'borrowed times are put in their order',
  );
  const { events: holding } = await eventList(store, odd, { type: field.type, field: 'mood', limit: 100 });
  assert.deepEqual(
    holding.map(({ id }) => id),
    [field.last.eventId, field.first.eventId],
  );
  const {
    events: [example],
    nextCursor,
  } = await eventList(store, odd, { type: value.type, field: 'hook_source', value: 'moon', limit: 1 });
  assert.deepEqual([example?.id, nextCursor], [value.first.eventId, null]);
  assert.equal((await eventList(store, odd, { field: 'mood', value: 'sour', limit: 100 })).events.length, 0);
  const first = await unknownList(store, odd, { limit: 2 });
  const rest = await unknownList(store, odd, { limit: 2, cursor: first.nextCursor ?? undefined });
  assert.deepEqual([...first.unknowns, ...rest.unknowns], quality.unknowns.unknowns);
  assert.deepEqual([first.total, rest.nextCursor], [3, null]);
});

test('types, fields and values lead to their events, whatever their text is', async () => {
  const texts = [
    'a\u0000b',
    'a\u001fb',
    'a\u007fb',
    '\n',
    '\ufeffx',
    '\ud800',
    '\u{1f600}'.repeat(60),
    `${'x'.repeat(99)}\u{1f600}`,
    'x'.repeat(1200),
    '/',
    '__proto__',
  ];
  const strange = (text: string): string[] =>
    [
      { event_type: text, event_params: {} },
      {
        event_type: 'codex_hook_run',
        event_params: { turn_id: 'u', status: text, [text]: 1, runtime: Object.fromEntries([[text, 1]]) },
      },
    ].map((event) => JSON.stringify(event));
  await using others = await openDendro(`${texts.flatMap(strange).join('\n')}\n`);
  const { types } = await dataQuality(others.store, {});
  const { unknowns } = await unknownList(others.store, {}, { limit: 100 });
  const found = async (selection: EventSelection): Promise<number> =>
    (await eventList(others.store, {}, { ...selection, limit: 100 })).events.length;
  for (const { type, events: count } of types) assert.equal(await found({ type }), count, JSON.stringify(type));
  // A name of 1,200 characters is no type; some texts come to the same in a column.
  assert.ok(unknowns.length > 3 * texts.length - 10);
  for (const { type, field, value, occurrences } of unknowns) {
    assert.equal(
      await found({ type, ...(field === null ? {} : { field }), ...(value === null ? {} : { value }) }),
      occurrences,
      JSON.stringify([type, field, value]),
    );
  }
});

test('rejects are counted by code, and listed by it', async () => {
  assert.deepEqual(
    quality.rejects.map(({ code, rejects }) => [code, rejects]),
    [
      ['invalid_json', 1],
      ['missing_field', 1],
      ['not_an_event', 1],
      ['out_of_range', 1],
      ['truncated_json', 1],
      ['wrong_type', 1],
    ],
  );
  for (const { code, rejects, example } of quality.rejects) {
    const page = await rejectRows(store, odd, { code, limit: 100 });
    assert.deepEqual([page.rejects.length, page.rejects[0]?.message], [rejects, example]);
  }
  const { rejects, nextCursor } = await rejectRows(store, {}, { limit: 4 });
  const rest = await rejectRows(store, {}, { limit: 4, cursor: nextCursor ?? undefined });
  assert.deepEqual(
    [...rejects, ...rest.rejects].map(({ line, importId }) => [line, importId]),
    [24, 25, 26, 27, 28, 29].map((line) => [line, '1']),
  );
});

const hook = (parameters: object): string =>
  JSON.stringify({
    event_type: 'codex_hook_run',
    event_params: { thread_id: 't', turn_id: 'u', status: 'failed', ...parameters },
  });

test('lines of several events, of several formats, in several logs', async () => {
  const body = (...found: string[]): string => `{"events":[${found.join(',')}]}`;
  const mixed = [
    hook({}),
    body(hook({}), '5', hook({ status: 1 })),
    hook({}),
    '',
    body('{}'),
    body(hook({}), hook({})),
  ];
  await using others = await openDendro(`${mixed.join('\n')}\n`, hook({}), body(hook({ status: 'blocked' })));
  const figures = await dataQuality(others.store, {});
  assert.deepEqual(figures.types[0]?.formats, [
    { format: 'capture', events: 4 },
    { format: 'bare', events: 3 },
  ]);
  const lines = async (filter: Filter, format: string): Promise<number[]> =>
    (await eventList(others.store, filter, { format, occurrence: 'all', limit: 100 })).events.map(({ line }) => line);
  assert.deepEqual(
    [await lines({}, 'bare'), await lines({}, 'capture'), await lines({}, 'sink')],
    [[1, 3, 1], [2, 6, 6, 1], []],
  );
  assert.deepEqual([await lines({ importId: ['2'] }, 'bare'), await lines({ importId: ['2'] }, 'capture')], [[1], []]);
  const { total, lines: rejected } = await rejectRows(others.store, {}, { limit: 100 });
  assert.deepEqual([total, rejected, figures.lines.rejected], [3, 2, 2]);
  const read = await lineRows(others.store, {}, { readAs: 'bare', limit: 1 });
  const rest = await lineRows(others.store, {}, { readAs: 'bare', limit: 1, cursor: read.nextCursor ?? undefined });
  assert.deepEqual(
    [
      read.total,
      [...read.imports, ...rest.imports].map(({ importId, lines: count, of }) => [importId, count, of]),
      rest.nextCursor,
    ],
    [
      3,
      [
        ['1', 2, 6],
        ['2', 1, 1],
      ],
      null,
    ],
  );
  assert.deepEqual(
    [
      (await lineRows(others.store, {}, { readAs: 'blank', limit: 9 })).imports.length,
      (await lineRows(others.store, {}, { readAs: '__proto__', limit: 9 })).total,
    ],
    [1, 0],
  );
});

test('threads are counted by how sure their parent is, and turns by what is missing of them', () => {
  const parents = quality.threads.parents
    .filter((group) => group.threads > 0)
    .map((group) => [group.kind, group.parent, group.threads]);
  assert.deepEqual(parents, [
    ['user', 'root', 1],
    ['subagent', 'reported', 2],
    ['subagent', 'spawn', 1],
    ['subagent', 'missing', 1],
    ['other', 'reported', 1],
    ['other', 'cycle', 1],
  ]);
  assert.deepEqual(
    quality.threads.seen.map((group) => group.threads),
    [3, 3, 1],
  );
  assert.deepEqual(
    quality.threads.creation.map((group) => group.threads),
    [3, 0, 4],
  );
  assert.deepEqual([quality.turns.total, ...quality.turns.gaps.map((group) => group.turns)], [5, 2, 0, 1]);
});

test('lists say how many there are, also at a place beyond their end', async () => {
  const page = { limit: 50, cursor: encodeCursor([1_000_000]) };
  assert.deepEqual(await repairs(store, odd, page), { total: quality.totals.repairs, repairs: [], nextCursor: null });
  assert.deepEqual(await repeats(store, odd, page), { total: quality.totals.repeats, repeats: [], nextCursor: null });
  assert.deepEqual([quality.totals.repairs, quality.totals.repeats], [2, 2]);
});

test('times, repeats and oddities', () => {
  assert.deepEqual(
    Object.fromEntries(quality.events.times.map(({ timeSource, events: count }) => [timeSource, count])),
    { event: 16, envelope: 1, turn: 1, order: 3, import: 0 },
  );
  assert.deepEqual(quality.repeats, [
    { type: 'codex_compaction_event', kind: 'compaction', repeats: 1 },
    { type: 'codex_turn_event', kind: 'turn', repeats: 1 },
  ]);
  assert.deepEqual(
    [quality.events, quality.threads, quality.turns]
      .flatMap((of) => [...of.oddities])
      .map(({ oddity, judged, odd: found }) => [oddity, judged, found]),
    [
      ['ends_before_start', 5, 1],
      ['in_the_future', 21, 1],
      ['before_codex', 21, 1],
      ['clock_without_zone', 1, 0],
      ['creation_differs_from_id', 2, 1],
      ['created_before_parent', 2, 1],
      ['duration_differs', 2, 1],
      ['starts_before_thread', 3, 1],
      ['cached_exceeds_input', 2, 1],
      ['reasoning_exceeds_output', 2, 1],
    ],
  );
});

test('each import has its figures', async () => {
  const { imports } = await dataQuality(store, {});
  assert.equal(imports.total, 2);
  assert.deepEqual(
    imports.imports.map(({ id, lines, rejectedLines, events: count, unknown, repaired, repeated }) => [
      id,
      lines,
      rejectedLines,
      count,
      unknown,
      repaired,
      repeated,
    ]),
    [
      ['1', 29, 6, 23, 2, 1, 2],
      ['2', sampleLog.split('\n').length - 1, 0, 1292, 0, 0, 0],
    ],
  );
  assert.deepEqual((await dataQuality(store, { importId: ['1'] })).imports.imports, imports.imports.slice(0, 1));
});

for (const filter of [odd, {}]) {
  test(`every figure is the number of the rows that it leads to, of ${filter === odd ? 'one import' : 'all'}`, async () => {
    const figures = await dataQuality(store, filter);
    for (const { type, events: count } of figures.types)
      assert.equal(await events(filter, { type, occurrence: 'all' }), count, type);
    for (const { type, formats } of figures.types)
      for (const { format, events: count } of formats)
        assert.equal(await events(filter, { type, format, occurrence: 'all' }), count, `${type} ${format}`);
    for (const { type, repaired } of figures.types)
      assert.equal(await events(filter, { type, repaired: 'true', occurrence: 'all' }), repaired, type);
    for (const { type, field, events: count } of figures.repairs)
      assert.equal(await events(filter, { type, repairedField: field, occurrence: 'all' }), count, field);
    for (const { type, repeats } of figures.repeats)
      assert.equal(await events(filter, { type, occurrence: 'repeated' }), repeats, type);
    for (const { timeSource, events: count } of figures.events.times)
      assert.equal(await events(filter, { timeSource }), count, timeSource);
    for (const { oddity, odd: found, judged } of figures.events.oddities)
      assert.deepEqual(
        [await events(filter, { oddity }), await events(filter, { judged: oddity })],
        [found, judged],
        oddity,
      );
    for (const { oddity, odd: found, judged } of figures.threads.oddities)
      assert.deepEqual(
        [await threads(filter, { oddity }), await threads(filter, { judged: oddity })],
        [found, judged],
        oddity,
      );
    for (const { oddity, odd: found, judged } of figures.turns.oddities)
      assert.deepEqual(
        [await turns(filter, { oddity }), await turns(filter, { judged: oddity })],
        [found, judged],
        oddity,
      );
    for (const { kind, parent, threads: count } of figures.threads.parents)
      assert.equal(await threads({ ...filter, threadKind: [kind] }, { parent }), count, `${kind} ${parent}`);
    for (const { format, lines } of figures.lines.formats)
      assert.equal((await lineRows(store, filter, { readAs: format, limit: 100 })).total, lines, format);
    assert.deepEqual(
      [
        (await lineRows(store, filter, { limit: 100 })).total,
        (await lineRows(store, filter, { readAs: 'blank', limit: 100 })).total,
      ],
      [figures.lines.total, figures.lines.blank],
    );
    const { total: rejects, lines: rejected } = await rejectRows(store, filter, { limit: 1 });
    assert.deepEqual(
      [rejects, rejected],
      [figures.rejects.reduce((sum, { rejects: count }) => sum + count, 0), figures.lines.rejected],
    );
    for (const { seen, threads: count } of figures.threads.seen)
      assert.equal(await threads(filter, { seen }), count, seen);
    for (const { knownFrom, threads: count } of figures.threads.knownFrom)
      assert.equal(await threads(filter, { knownFrom }), count, knownFrom);
    for (const { creation, threads: count } of figures.threads.creation)
      assert.equal(await threads(filter, { creation }), count, creation);
    for (const { gap, turns: count } of figures.turns.gaps) assert.equal(await turns(filter, { gap }), count, gap);
    for (const { knownFrom, turns: count } of figures.turns.knownFrom)
      assert.equal(await turns(filter, { knownFrom }), count, knownFrom);
  });
}

test('odd records are the ones that were made odd', async () => {
  const {
    threads: [wrongClock],
  } = await selectedThreads(store, odd, { oddity: 'creation_differs_from_id', limit: 10 });
  assert.equal(wrongClock?.threadId, wrongClockThread);
  const {
    turns: [turn],
  } = await selectedTurns(store, odd, { oddity: 'duration_differs', limit: 10 });
  assert.deepEqual([turn?.threadId, turn?.turnId, turn?.durationMs], [oddThread, 'odd', 900_000]);
});

const file = (name: string): Promise<Buffer> => readFile(path.join(import.meta.dirname, '..', name));

test('a list says how many there are in all also beyond its end', async () => {
  const page = { limit: 10, cursor: encodeCursor([1000]) };
  assert.deepEqual(await unknownList(store, odd, page), {
    total: quality.unknowns.total,
    unknowns: [],
    nextCursor: null,
  });
  assert.deepEqual(await byImport(store, {}, page), { total: 2, imports: [], nextCursor: null });
  const { total, rejects } = await rejectRows(store, odd, page);
  assert.deepEqual([total, rejects], [6, []]);
  const { total: lines, imports } = await lineRows(store, odd, page);
  assert.deepEqual([lines, imports], [quality.lines.total, []]);
});

test('entries of an archive that were not read, and a clock without a zone', async () => {
  await using others = await openDendro((await file('testing/logs/collector/collector-kv.log')).toString());
  const archive = new Blob([new Uint8Array(await file('formats/container/samples/gnu.tar.gz'))]);
  await others.importer.import({
    name: 'gnu.tar.gz',
    bytes: archive.stream(),
    totalBytes: archive.size,
    clientKey: null,
    signal: new AbortController().signal,
  });
  const {
    passedOver: over,
    events: { oddities },
    lines,
  } = await dataQuality(others.store, {});
  assert.deepEqual(
    [over.total, over.entries.map(({ importId, reason }) => [importId, reason])],
    [4, ['empty', 'archive_in_archive', 'link', 'resource_file'].map((reason) => ['2', reason])],
  );
  assert.deepEqual(lines.formats.map(({ format }) => format).sort(), ['capture', 'collector']);
  const beyond = await passedOver(others.store, {}, { limit: 10, cursor: encodeCursor([4]) });
  assert.deepEqual(beyond, { total: 4, entries: [], nextCursor: null });
  const { judged, odd: found } = oddities.find(({ oddity }) => oddity === 'clock_without_zone') ?? {};
  assert.deepEqual([judged, found], [1, 1]);
  assert.equal((await eventList(others.store, {}, { oddity: 'clock_without_zone', limit: 10 })).events.length, 1);
});

test('a damaged file is a reject without an excerpt, in its place among the others', async () => {
  const packed = gzipSync(`${log}${'x'.repeat(100)}\n${sampleLog}`);
  await using others = await openDendro(Uint8Array.from(packed.subarray(0, packed.length >> 1)));
  const { total, rejects } = await rejectRows(others.store, {}, { limit: 100 });
  const damage = rejects.filter(({ code }) => code === 'damaged_compression');
  assert.deepEqual([total, damage.map(({ excerpt }) => excerpt)], [rejects.length, ['']]);
  assert.ok(rejects.some(({ excerpt }) => excerpt.startsWith('xxx')));
});

test('what is known from analytics alone, from a rollout alone, and from both', async () => {
  const rollouts = await Promise.all(
    ['spawner', 'spawned-depth-1', 'spawned-depth-2', 'analytics'].map((name) =>
      file(`testing/rollouts/0.142.5/${name}.jsonl`),
    ),
  );
  await using others = await openDendro(...rollouts.map(String));
  const {
    threads: { knownFrom, total },
    turns: { knownFrom: turnsFrom },
  } = await dataQuality(others.store, {});
  assert.equal(
    knownFrom.reduce((sum, group) => sum + group.threads, 0),
    total,
  );
  for (const group of knownFrom)
    assert.equal(
      (await selectedThreads(others.store, {}, { knownFrom: group.knownFrom, limit: 1000 })).threads.length,
      group.threads,
      group.knownFrom,
    );
  for (const group of turnsFrom)
    assert.equal(
      (await selectedTurns(others.store, {}, { knownFrom: group.knownFrom, limit: 1000 })).turns.length,
      group.turns,
      group.knownFrom,
    );
  for (const source of ['analytics', 'rollout', 'both'] as const)
    assert.ok((knownFrom.find((group) => group.knownFrom === source)?.threads ?? 0) > 0, source);
});

test('nothing imported is nothing odd, and nothing judged', async () => {
  await using empty = await openDendro();
  const figures = await dataQuality(empty.store, {});
  assert.deepEqual(
    [
      figures.types,
      figures.rejects,
      figures.repeats,
      figures.unknowns.total,
      figures.imports.total,
      figures.passedOver.total,
    ],
    [[], [], [], 0, 0, 0],
  );
  assert.ok(
    [figures.events, figures.threads, figures.turns]
      .flatMap((of) => [...of.oddities])
      .every(({ judged, odd: found }) => judged === 0 && found === 0),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { summary } from '../queries/summary.ts';
import { openDendro } from '../testing/dendro.ts';
import { fileLines, logOf } from '../testing/rollout-file.ts';

/** Facts about one thread from several files (`docs/semantics.md`, "A thread in several files"). */

const threadId = '01a08584-4fa0-702c-8000-001b3188ea6c';
const firstTurn = {
  at: '2026-09-09T09:33:57.000Z',
  turnId: '01a08584-5388-7131-8001-0a9ff7b30be1',
  model: 'gpt-5.6-sol',
  prompt: 'hi',
  tokens: { last: 8200, total: 8200 },
};
const secondTurn = {
  at: '2026-09-12T18:00:01.000Z',
  turnId: '01a096c6-b8e8-7132-8001-0aa095ea8592',
  model: 'gpt-6',
  prompt: 'and now write all the documentation that is still missing for it',
  tokens: { last: 10_300, total: 18_500 },
};
const thirdTurn = {
  at: '2026-09-13T08:00:01.000Z',
  turnId: '01a099c7-b8e8-7132-8001-0aa095ea8592',
  model: 'o3',
  prompt: 'a third one, with words that are longer than all that came before it in this thread',
  tokens: { last: 500, total: 19_000 },
};
const history = { thread_id: threadId, end_ordinal_exclusive: 8, end_byte_offset: 4000 };
const git = (branch: string, commit?: string) => ({ branch, ...(commit === undefined ? {} : { commit_hash: commit }) });

const first = fileLines({
  threadId,
  at: '2026-09-09T09:33:56.000Z',
  createdAt: '2026-09-09T09:33:55.985Z',
  meta: { cwd: '/work/a', git: git('main') },
  turns: [firstTurn],
});
const second = fileLines({
  threadId,
  at: '2026-09-12T18:00:00.000Z',
  createdAt: '2026-09-12T17:59:59.985Z',
  turns: [secondTurn],
  meta: {
    cwd: '/work/another/folder',
    git: git('a-longer-branch', 'abcdef0123'),
    originator: 'codex_vscode',
    cli_version: '0.160.0',
    history_base: history,
  },
});
/** Continued without a turn: it has settings but did nothing. */
const third = fileLines({
  threadId,
  at: '2026-09-14T08:00:00.000Z',
  meta: { cwd: '/work/third', originator: 'codex_exec', cli_version: '0.161.0', history_base: history },
  turns: [],
});

const described =
  'title, cwd, git_branch, git_commit, model, client, codex_version, created_at, last_active_at, kind, turns, total_tokens';

/**
 * Returns the facts of the thread after these logs, for several ways to import them: each way has a thread of its own,
 * all of them in one Dendro.
 */
async function toldAfter(
  ways: ReadonlyArray<readonly string[]>,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  await using dendro = await openDendro();
  const idOf = (way: number): string => threadId.slice(0, -4) + way.toString(16).padStart(4, '0');
  for (const [way, logs] of ways.entries()) {
    for (const [place, log] of logs.entries())
      assert.equal(
        (await dendro.take(log.replaceAll(threadId, idOf(way)))).kind,
        'created',
        `log ${place} of way ${way}`,
      );
  }
  const rows = await dendro.store.rows(`SELECT ${described} FROM threads ORDER BY thread_id`);
  assert.equal(rows.length, ways.length);
  return rows;
}
async function assertSame(ways: ReadonlyArray<readonly string[]>, expected: object): Promise<void> {
  for (const [way, told] of (await toldAfter(ways)).entries())
    assert.deepEqual(
      told,
      expected,
      `way ${way}: ${ways[way]?.map((log) => log.split('\n').length - 1).join(', then ')} lines`,
    );
}
const bothOrders = (one: string, two: string): string[][] => [
  [one, two],
  [two, one],
];

const whole = {
  title: 'hi',
  cwd: '/work/a',
  git_branch: 'main',
  git_commit: null,
  model: 'gpt-6',
  client: 'codex_vscode',
  codex_version: '0.160.0',
  created_at: Date.parse('2026-09-09T09:33:55.985Z'),
  last_active_at: Date.parse('2026-09-12T18:00:21.000Z'),
  kind: 'user',
  turns: 2,
  total_tokens: 18_500,
};

test('a thread in two files begins with the earlier one and is what its latest turn says, in either order, as one file, and with copies', async () => {
  const [one, two] = [logOf(first), logOf(second)];
  await assertSame(
    [
      ...bothOrders(one, two),
      [one + two],
      [two + one],
      [one, two + one],
      [two, one, one + two],
      [two + two, one + one],
    ],
    whole,
  );
});

test('a file that continues a thread without a turn says nothing of model, client and version', async () => {
  const [one, two, three] = [logOf(first), logOf(second), logOf(third)];
  await assertSame(
    [[one, two, three], [three, two, one], [two, three, one], [one + two + three], [three + two + one]],
    { ...whole, last_active_at: Date.parse('2026-09-14T08:00:00.000Z') },
  );
});

test('files that all repeat the creation of their thread are told apart by their first line', async () => {
  const again = logOf(
    fileLines({
      threadId,
      at: '2026-09-12T18:00:00.000Z',
      createdAt: '2026-09-09T09:33:55.985Z',
      meta: { cwd: '/work/another/folder', originator: 'codex_vscode', cli_version: '0.160.0', history_base: history },
      turns: [secondTurn],
    }),
  );
  const one = logOf(first);
  await assertSame([...bothOrders(one, again), [one + again], [again + one]], whole);
});

test('a session_meta that is written again, with another git state, begins no other file', async () => {
  const [meta = '', ...turn] = first;
  await assertSame(
    [
      [
        logOf([
          meta,
          ...turn.slice(0, 4),
          meta
            .replace('"main"', '"another"')
            .replace('"timestamp":"2026-09-09T09:33:56.000Z"', '"timestamp":"2026-09-09T09:33:57.500Z"'),
          ...turn.slice(4),
        ]),
      ],
    ],
    {
      ...whole,
      model: 'gpt-5.6-sol',
      client: 'codex-tui',
      codex_version: '0.153.4',
      last_active_at: Date.parse('2026-09-09T09:34:17.000Z'),
      turns: 1,
      total_tokens: 8200,
    },
  );
});

test('a file without a prompt has no title to give: the next one has', async () => {
  const silent = logOf(fileLines({ threadId, at: '2026-09-09T09:00:00.000Z', meta: { cwd: '/work/a' }, turns: [] }));
  const titles = (await toldAfter(bothOrders(silent, logOf(second)))).map(({ title, cwd }) => [title, cwd]);
  assert.deepEqual(
    titles,
    Array(2).fill(['and now write all the documentation that is still missing for it', '/work/a']),
  );
});

test('a file that comes again, grown, says what it says when it comes alone', async () => {
  const grown = fileLines({
    threadId,
    at: '2026-09-09T09:33:56.000Z',
    turns: [firstTurn, { ...secondTurn, model: 'o3' }, { ...thirdTurn, model: 'gpt-6' }],
  });
  const [alone = {}] = await toldAfter([[logOf(grown)]]);
  assert.equal(alone.model, 'gpt-6');
  const lengths = grown
    .slice(1)
    .map((_, index) => index + 1)
    .filter((length) => length % 3 === 1);
  await assertSame(
    lengths.flatMap((length) => bothOrders(logOf(grown.slice(0, length)), logOf(grown))),
    alone,
  );
});

test('a turn that comes again, further on, is the one that goes further, also where that takes fewer letters', async () => {
  const lines = fileLines({ threadId, at: '2026-09-09T09:33:56.000Z', turns: [firstTurn] });
  const switched = JSON.stringify({
    timestamp: '2026-09-09T09:33:59.000Z',
    type: 'turn_context',
    payload: {
      turn_id: firstTurn.turnId,
      cwd: '/w',
      approval_policy: 'never',
      sandbox_policy: { type: 'read-only' },
      model: 'o3',
      summary: 'auto',
    },
  });
  const [early, grown] = [logOf(lines.slice(0, 6)), logOf([...lines.slice(0, 6), switched])];
  for (const logs of bothOrders(early, grown)) {
    await using dendro = await openDendro(...logs);
    assert.deepEqual(await dendro.store.rows('SELECT model, cwd, approval_policy FROM turns'), [
      { model: 'o3', cwd: '/w', approval_policy: 'never' },
    ]);
    assert.deepEqual(await dendro.store.rows('SELECT model FROM threads'), [{ model: 'o3' }]);
  }
});

test('any cuts and copies of the files of a thread, in any order, give what the whole files give', async () => {
  const files = [first, second, third];
  const cut = fc
    .tuple(fc.nat(2), fc.nat(20))
    .map(([file, length]) => (files[file] ?? first).slice(0, Math.max(1, length)));
  const ways = fc.array(
    fc
      .array(cut, { maxLength: 3 })
      .chain((cuts) => fc.shuffledSubarray([...files, ...cuts].map(logOf), { minLength: files.length + cuts.length })),
    { minLength: 10, maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(ways, (chosen) =>
      assertSame(
        chosen.map((logs) => [...new Set(logs)]),
        { ...whole, last_active_at: Date.parse('2026-09-14T08:00:00.000Z') },
      ),
    ),
    { numRuns: 1, endOnFailure: true },
  );
});

test('a thread that only a review names is a guardian, and its turns are not the user’s', async () => {
  const event = (event_type: string, event_params: object): string =>
    `${JSON.stringify({ event_type, event_params })}\n`;
  const review = event('codex_guardian_review', {
    thread_id: 'reviewed',
    turn_id: 't',
    review_id: 'r',
    guardian_thread_id: 'guardian',
    terminal_status: 'approved',
    decision: 'approved',
    started_at: 1_776_000_000,
    completed_at: 1_776_000_004,
  });
  const turn = (thread: string, source: string | null) =>
    event('codex_turn_event', {
      thread_id: thread,
      turn_id: `of ${thread}`,
      thread_source: source,
      status: 'completed',
      input_tokens: 10,
      output_tokens: 1,
      total_tokens: 11,
      started_at: 1_776_000_001,
      completed_at: 1_776_000_003,
    });
  const logs = [review, turn('guardian', null), turn('reviewed', 'user')];
  for (const order of [logs, logs.toReversed()]) {
    await using dendro = await openDendro(...order);
    assert.deepEqual(
      await dendro.store.rows(
        `SELECT thread_id, kind, parent_thread_id, turns, subtree_turns, guardian_tokens, subtree_total_tokens
          FROM threads ORDER BY root_thread_id, place`,
      ),
      [
        {
          thread_id: 'reviewed',
          kind: 'user',
          parent_thread_id: null,
          turns: 1,
          subtree_turns: 1,
          guardian_tokens: 0,
          subtree_total_tokens: 11,
        },
        {
          thread_id: 'guardian',
          kind: 'guardian',
          parent_thread_id: 'reviewed',
          turns: 1,
          subtree_turns: 1,
          guardian_tokens: 11,
          subtree_total_tokens: 11,
        },
      ],
    );
    const { threads, turns, tokens } = await summary(dendro.store, {});
    assert.deepEqual([threads.user, threads.guardian, threads.other, turns.total, tokens.total], [1, 1, 0, 1, 11]);
  }
  await using alone = await openDendro(review);
  const { threads } = await summary(alone.store, {});
  assert.deepEqual([threads.guardian, threads.other, threads.mentioned], [1, 1, 1]);
});

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { openDendro, type TestDendro } from '../testing/dendro.ts';
import { rolloutLines, rolloutNames, type RolloutVersion } from '../testing/rollouts.ts';
import { compactionList } from './compactions.ts';
import { eventList } from './events.ts';
import { guardianReviewList } from './guardian.ts';
import { threadHappenings } from './happenings.ts';
import type { Source, ThreadRow, Turn } from './shapes.ts';
import { sources } from './sources.ts';
import { summary } from './summary.ts';
import { threadLineage } from './thread.ts';
import { latestPermissions, threadTurns } from './turns.ts';

/** Rollouts, and the analytics events that their threads sent. */
const rollouts = (version: RolloutVersion): string[] =>
  rolloutNames(version).map((name) => `${rolloutLines(version, name).join('\n')}\n`);
const analytics = (version: RolloutVersion): string => `${rolloutLines(version, 'analytics').join('\n')}\n`;

const version = '0.169.0';
const logs = {
  analytics: [analytics(version)],
  rollouts: rollouts(version),
  both: [...rollouts(version), analytics(version)],
} as const;
const opened = {
  analytics: await openDendro(...logs.analytics),
  rollouts: await openDendro(...logs.rollouts),
  both: await openDendro(...logs.both),
} as const satisfies Record<keyof typeof logs, TestDendro>;
after(async () => {
  for (const dendro of Object.values(opened)) await dendro[Symbol.asyncDispose]();
});
type In = keyof typeof logs;
const everyIn = ['analytics', 'rollouts', 'both'] as const satisfies readonly In[];

const spawner = '01a20323-9025-72d3-a38c-70653cfb70a2';
const depth1 = '01a20323-912d-7e41-8c68-21007580024f';
const depth2 = '01a20323-9247-79f2-82b7-c0e93e7c580f';
const onlyNamed = '01a20323-918d-7bb1-8b60-8e5bfb1d5bb6';
const compacted = '01a20323-d7ec-7fb3-9074-33cfa3b6018f';

async function threadIn(where: In, threadId: string): Promise<ThreadRow> {
  const lineage = await threadLineage(opened[where].store, threadId);
  assert.ok(lineage);
  return lineage.thread;
}
async function turnsIn(where: In, threadId: string): Promise<Turn[]> {
  return (await threadTurns(opened[where].store, threadId)).turns;
}

test('the summary says what its figures come from', async () => {
  const told = await Promise.all(everyIn.map(async (where) => (await summary(opened[where].store, {})).sources));
  assert.deepEqual(told, [
    { analytics: { events: 144 }, rollout: { events: 0, threads: 0 } },
    { analytics: { events: 0 }, rollout: { events: 161, threads: 16 } },
    // Of the 82 that count, none is a compaction, a review or a call that analytics has as well.
    { analytics: { events: 144 }, rollout: { events: 82, threads: 16 } },
  ]);
  for (const where of everyIn) {
    const filter = { threadKind: ['subagent' as const] };
    assert.deepEqual(await sources(opened[where].store, filter), (await summary(opened[where].store, filter)).sources);
    const count = async (source: Source): Promise<number> =>
      (await eventList(opened[where].store, {}, { source, limit: 1000 })).events.length;
    assert.deepEqual(
      [await count('analytics'), await count('rollout')],
      [told[everyIn.indexOf(where)]?.analytics.events, told[everyIn.indexOf(where)]?.rollout.events],
    );
  }
});

test('every thread says which kinds of log tell of it', async () => {
  const told = async (threadId: string) =>
    Promise.all(everyIn.map(async (where) => (await threadIn(where, threadId).catch(() => null))?.sources ?? null));
  assert.deepEqual(await told(spawner), [['analytics'], ['rollout'], ['analytics', 'rollout']]);
  assert.deepEqual(await told(depth1), [['analytics'], ['rollout'], ['analytics', 'rollout']]);
  assert.deepEqual(
    await told(depth2),
    [[], ['rollout'], ['rollout']],
    'analytics only names subagents below the first level',
  );
  assert.deepEqual(await told(onlyNamed), [[], [], []]);
});

test('a rollout names its thread, its agent, and where it worked; analytics alone does not', async () => {
  const { title, cwd, gitBranch, gitCommit, gitRepository, agentNickname, agentRole, agentPath, parentSource } =
    await threadIn('rollouts', depth1);
  assert.deepEqual(
    { title, cwd, gitBranch, gitCommit, gitRepository, agentNickname, agentRole, agentPath, parentSource },
    {
      title: 'Look at part 1 of the module at level 1. [p24]',
      cwd: '/home/dev/shop',
      gitBranch: 'main',
      gitCommit: '593e2dbab7a97414c48c36ac6bac92b567c89d83',
      gitRepository: null,
      agentNickname: 'Kant',
      agentRole: null,
      agentPath: null,
      parentSource: 'rollout',
    },
  );
  assert.equal((await threadIn('both', depth1)).parentSource, 'reported');
  const untold = await threadIn('analytics', depth1);
  assert.deepEqual([untold.title, untold.cwd, untold.gitBranch, untold.agentNickname], [null, null, null, null]);
});

test('a turn has from its rollout what analytics does not say', async () => {
  const only = <T>(all: readonly T[]): T => {
    assert.equal(all.length, 1);
    const [one] = all;
    assert.ok(one);
    return one;
  };
  const [fromAnalytics, fromRollout, fromBoth] = await Promise.all(
    everyIn.map(async (where) => only(await turnsIn(where, depth1))),
  );
  assert.ok(fromAnalytics && fromRollout && fromBoth);
  const beyond = ({ sources: told, task, contextWindow, contextTokens, timeToFirstTokenMs, cwd }: Turn) => ({
    told,
    task,
    contextWindow,
    contextTokens,
    timeToFirstTokenMs,
    cwd,
  });
  assert.deepEqual(beyond(fromAnalytics), {
    told: ['analytics'],
    task: null,
    contextWindow: null,
    contextTokens: null,
    timeToFirstTokenMs: null,
    cwd: null,
  });
  const timeToFirstTokenMs = fromRollout.timeToFirstTokenMs;
  assert.ok(timeToFirstTokenMs !== null && timeToFirstTokenMs > 0);
  assert.deepEqual(beyond(fromRollout), {
    told: ['rollout'],
    task: 'regular',
    contextWindow: 258_400,
    contextTokens: 5980,
    timeToFirstTokenMs,
    cwd: '/home/dev/shop',
  });
  assert.deepEqual(beyond(fromBoth), { ...beyond(fromRollout), told: ['analytics', 'rollout'] });
  for (const { permissions, approvalPolicy, approvalsReviewer, statusInferred } of [
    fromAnalytics,
    fromRollout,
    fromBoth,
  ]) {
    assert.deepEqual(
      { permissions, approvalPolicy, approvalsReviewer, statusInferred },
      {
        permissions: { enforcedBy: 'disabled', network: 'open' },
        approvalPolicy: 'never',
        approvalsReviewer: 'user',
        statusInferred: false,
      },
    );
  }
  assert.deepEqual(
    {
      ...fromBoth,
      sources: fromAnalytics.sources,
      task: null,
      contextWindow: null,
      contextTokens: null,
      timeToFirstTokenMs: null,
      cwd: null,
    },
    { ...fromAnalytics, eventId: fromBoth.eventId },
  );
});

test('compactions that only rollouts tell of are marked as inferred, and analytics takes their place', async () => {
  const listed = async (where: In) =>
    (await compactionList(opened[where].store, {}, {}, { limit: 50 })).records
      .map(({ source, inferred, trigger, phase, tokensBeforeExact, tokensBefore, tokensAfter }) => ({
        source,
        inferred,
        trigger,
        phase,
        tokensBeforeExact,
        tokensBefore,
        tokensAfter,
      }))
      .sort((one, other) => (one.tokensAfter ?? 0) - (other.tokensAfter ?? 0));
  const exact = (source: Source, inferred: boolean) => ({ source, inferred, tokensBeforeExact: true });
  assert.deepEqual(await listed('rollouts'), [
    { ...exact('rollout', true), trigger: 'auto', phase: 'pre_turn', tokensBefore: 91_900, tokensAfter: 8618 },
    {
      ...exact('rollout', true),
      trigger: 'manual',
      phase: 'standalone_turn',
      tokensBefore: 68_020,
      tokensAfter: 10_423,
    },
    {
      ...exact('rollout', true),
      tokensBeforeExact: false,
      trigger: 'auto',
      phase: 'mid_turn',
      tokensBefore: 121_300,
      tokensAfter: 14_369,
    },
    {
      ...exact('rollout', true),
      tokensBeforeExact: false,
      trigger: 'auto',
      phase: 'mid_turn',
      tokensBefore: 112_100,
      tokensAfter: 16_369,
    },
  ]);
  assert.deepEqual(await listed('both'), await listed('analytics'));
  assert.deepEqual(
    (await listed('both')).map(({ trigger, phase, tokensAfter }) => ({ trigger, phase, tokensAfter })),
    (await listed('rollouts')).map(({ trigger, phase, tokensAfter }) => ({ trigger, phase, tokensAfter })),
  );
  for (const compaction of await listed('both'))
    assert.deepEqual(exact('analytics', false), {
      source: compaction.source,
      inferred: compaction.inferred,
      tokensBeforeExact: compaction.tokensBeforeExact,
    });
});

test('reviews and tool calls say which kind of log tells of them', async () => {
  for (const [where, source] of [
    ['analytics', 'analytics'],
    ['rollouts', 'rollout'],
    ['both', 'analytics'],
  ] as const) {
    const { records } = await guardianReviewList(opened[where].store, {}, {}, { limit: 50 });
    assert.deepEqual(
      records.map((review) => review.source),
      Array.from({ length: 17 }, () => source),
    );
  }
  const calls = async (where: In, threadId: string): Promise<Source[]> =>
    (await threadHappenings(opened[where].store, threadId)).toolCalls.map(({ source }) => source);
  assert.deepEqual(
    [...new Set(await calls('both', spawner))].sort(),
    ['analytics', 'rollout'],
    'calls that send no event stand beside those that do',
  );
  assert.deepEqual([...new Set(await calls('rollouts', spawner))], ['rollout']);
  assert.ok((await calls('rollouts', compacted)).length > 0);
});

test('a review whose rollout does not say what was reviewed is listed all the same', async () => {
  const review = {
    event_type: 'rollout_guardian_review',
    event_params: {
      review_id: 'guardian/turn',
      guardian_thread_id: 'guardian',
      terminal_status: 'approved',
      thread_id: null,
      turn_id: null,
    },
  };
  await using dendro = await openDendro(`${JSON.stringify(review)}\n`);
  const { records } = await guardianReviewList(dendro.store, {}, {}, { limit: 5 });
  assert.deepEqual(
    records.map(({ threadId, guardianThreadId, source }) => ({ threadId, guardianThreadId, source })),
    [{ threadId: null, guardianThreadId: 'guardian', source: 'rollout' }],
  );
});

const line = (event_type: string, event_params: object): string =>
  `${JSON.stringify({ event_type, event_params: { thread_id: 't', ...event_params } })}\n`;

test('how a turn ended is inferred only where nothing else says it', async () => {
  const fromRollout = line('rollout_turn', {
    turn_id: 'u',
    status: 'failed',
    status_inferred: true,
    reported: true,
    task: 'regular',
    started_at_ms: 1_790_000_000_000,
  });
  const fromAnalytics = (status: string | null): string =>
    line('codex_turn_event', { turn_id: 'u', status, started_at: 1_790_000_000 });
  for (const [log, expected] of [
    [fromRollout, ['failed', true]],
    [fromRollout + fromAnalytics('completed'), ['completed', false]],
    [fromRollout + fromAnalytics(null), ['failed', true]],
  ] as const) {
    await using dendro = await openDendro(log);
    const [turn] = (await threadTurns(dendro.store, 't')).turns;
    assert.deepEqual([turn?.status, turn?.statusInferred], expected);
  }
});

test('the permissions of a thread are those of the latest turn that states them', async () => {
  const turn = (turnId: string, started: number, permissions: object): string =>
    line('codex_turn_event', { turn_id: turnId, status: 'completed', started_at: started, ...permissions });
  await using dendro = await openDendro(
    turn('first', 1_790_000_000, { sandbox_policy: 'full_access', sandbox_network_access: true }) +
      turn('second', 1_790_000_100, { sandbox_policy: 'workspace_write', sandbox_network_access: false }) +
      turn('third', 1_790_000_200, {}) +
      line('rollout_turn', {
        turn_id: 'fourth',
        started_at_ms: 1_790_000_300_000,
        permissions: 'somebody',
        network: 'half',
      }),
  );
  assert.deepEqual(await latestPermissions(dendro.store, 't'), {
    turnId: 'second',
    permissions: { enforcedBy: 'managed', network: 'restricted' },
  });
  assert.equal(await latestPermissions(dendro.store, 'none'), null);
  assert.deepEqual(
    (await threadTurns(dendro.store, 't')).turns.map(({ permissions }) => permissions),
    [{ enforcedBy: 'disabled', network: 'open' }, { enforcedBy: 'managed', network: 'restricted' }, null, null],
  );
});

test('a turn has the workspaces that its events name, each once', async () => {
  const workspaces = {
    '/home/dev/shop': {
      associated_remote_urls: { origin: 'https://example.com/shop.git' },
      latest_git_commit_hash: 'abc123',
      has_changes: true,
    },
  };
  await using dendro = await openDendro(
    line('codex_turn_event', { turn_id: 'u', status: 'completed', workspaces }) +
      line('codex_turn_event', { turn_id: 'v', status: 'completed' }),
  );
  const shop = { path: '/home/dev/shop', remote: 'https://example.com/shop.git', commit: 'abc123', hasChanges: true };
  for (const page of [undefined, { limit: 10 }]) {
    assert.deepEqual(
      (await threadTurns(dendro.store, 't', page)).turns.map((turn) => [turn.turnId, turn.workspaces]),
      [
        ['u', [shop]],
        ['v', []],
      ],
    );
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  analyticsOf,
  factsOf,
  readRollout,
  rolloutLines,
  rolloutNames,
  rolloutVersions,
  type RolloutVersion,
} from '../../testing/rollouts.ts';
import type { Tokens } from './facts.ts';

const everything = (version: RolloutVersion) =>
  rolloutNames(version).flatMap((name) => readRollout(rolloutLines(version, name)));
const paramsOf = (version: RolloutVersion, type: string) =>
  analyticsOf(version)
    .filter(({ event_type }) => event_type === type)
    .map(({ event_params }) => event_params);
const written = (tokens: Tokens | null): string | null =>
  tokens && `${tokens.input} ${tokens.cachedInput} ${tokens.output} ${tokens.reasoningOutput} ${tokens.total}`;

/** Counts how often the two logs agree, by question. */
class Tally {
  readonly counts: Record<string, number> = {};
  add(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
  same(what: string, rollout: unknown, analytics: unknown): void {
    this.add(rollout === analytics ? what : `${what} differs`);
  }
}

/**
 * `before` of a mid-turn compaction, or of a remote one in 0.142, is less in a rollout: no line of it has the tokens
 * added since the last count.
 */
const agreement = {
  '0.122.0': {
    // A reviewer names no parent before 0.142.
    threads: { parent: 14, 'parent differs': 1, threadSource: 15, subagentSource: 15 },
    turns: {
      status: 21,
      model: 21,
      'started and completed': 21,
      durationMs: 21,
      tokens: 20,
      'tokens only in the rollout': 1,
    },
    compactions: { after: 4, trigger: 4, phase: 4, 'exact before': 2, 'before is less': 2 },
    reviews: {},
    calls: {},
  },
  '0.142.5': {
    threads: { parent: 9, threadSource: 9, subagentSource: 9, fork: 9 },
    // In analytics the turn that overran its context has only a total, filled up to the size of the window.
    turns: {
      status: 25,
      model: 25,
      'started and completed': 25,
      durationMs: 25,
      tokens: 18,
      'tokens differs': 1,
      'no tokens': 3,
      'tokens only in the rollout': 3,
    },
    compactions: { after: 4, trigger: 4, phase: 4, 'exact before': 1, 'before is less': 3 },
    reviews: { denied: 3 },
    calls: { tool: 49, name: 49, status: 49, 'exit code': 49, receivers: 49 },
  },
  '0.169.0': {
    threads: { parent: 18, threadSource: 18, subagentSource: 18, fork: 18 },
    turns: {
      status: 46,
      model: 46,
      'started and completed': 46,
      durationMs: 46,
      tokens: 39,
      'no tokens': 6,
      'tokens only in the rollout': 1,
    },
    compactions: { after: 4, trigger: 4, phase: 4, 'exact before': 2, 'before is less': 2 },
    reviews: { approved: 9, denied: 3, failed_closed: 3, timed_out: 1, aborted: 1 },
    // A reviewer's command is the reviewed thread's in analytics, and in rollouts the reviewer's.
    calls: { tool: 58, name: 58, status: 58, 'exit code': 58, receivers: 58, 'only in analytics: unified_exec': 1 },
  },
  '0.171.0': {
    threads: { parent: 4, threadSource: 4, subagentSource: 4, fork: 4 },
    turns: {
      status: 17,
      model: 17,
      'started and completed': 17,
      durationMs: 17,
      tokens: 16,
      'tokens only in the rollout': 1,
    },
    compactions: { after: 1, trigger: 1, phase: 1, 'exact before': 1 },
    reviews: { approved: 1, denied: 1 },
    // A refused call leaves no item. Analytics has `clock.sleep` as a control tool, the rollout as one of the client's.
    calls: {
      tool: 57,
      'tool differs': 1,
      name: 57,
      'name differs': 1,
      status: 58,
      'exit code': 58,
      receivers: 58,
      'only in analytics: shell': 2,
    },
  },
} as const satisfies Record<RolloutVersion, Record<string, Record<string, number>>>;

for (const version of rolloutVersions) {
  test(`rollouts of ${version} say of threads what analytics says`, () => {
    const threads = new Map(factsOf(everything(version), 'thread').map((thread) => [thread.threadId, thread]));
    const tally = new Tally();
    for (const params of paramsOf(version, 'codex_thread_initialized')) {
      const thread = threads.get(params.thread_id);
      tally.same('parent', thread?.parentThreadId, params.parent_thread_id);
      tally.same('threadSource', thread?.threadSource, params.thread_source);
      tally.same('subagentSource', thread?.subagentSource, params.subagent_source);
      if (params.forked_from_thread_id !== undefined)
        tally.same('fork', thread?.forkedFromThreadId, params.forked_from_thread_id);
    }
    assert.deepEqual(tally.counts, agreement[version].threads);
  });

  test(`rollouts of ${version} say of turns what analytics says`, () => {
    const turns = factsOf(everything(version), 'turn');
    assert.equal(new Set(turns.map(({ turnId }) => turnId)).size, turns.length, 'no turn is told twice');
    const tally = new Tally();
    for (const params of paramsOf(version, 'codex_turn_event')) {
      const turn = turns.find(({ threadId, turnId }) => threadId === params.thread_id && turnId === params.turn_id);
      assert.ok(turn?.reported);
      tally.same('status', turn.status, params.status);
      tally.same('model', turn.model, params.model);
      tally.same(
        'started and completed',
        `${turn.startedAt ?? ''} ${turn.completedAt ?? ''}`,
        `${Number(params.started_at) * 1000} ${Number(params.completed_at) * 1000}`,
      );
      tally.same('durationMs', turn.durationMs, params.duration_ms);
      const usage =
        params.total_tokens === null
          ? null
          : [
              params.input_tokens,
              params.cached_input_tokens,
              params.output_tokens,
              params.reasoning_output_tokens,
              params.total_tokens,
            ].join(' ');
      // Analytics leaves out the usage of an interrupted turn, and gives zeros for a failed one without usage.
      if (usage === null) tally.add(turn.tokens === null ? 'no tokens' : 'tokens only in the rollout');
      else if (turn.tokens === null) tally.add(params.total_tokens === 0 ? 'no tokens' : 'tokens only in analytics');
      else tally.same('tokens', written(turn.tokens), usage);
    }
    assert.deepEqual(tally.counts, agreement[version].turns);
  });

  test(`rollouts of ${version} say of completed compactions what analytics says`, () => {
    const compactions = factsOf(everything(version), 'compaction');
    const tally = new Tally();
    for (const params of paramsOf(version, 'codex_compaction_event').filter(({ status }) => status === 'completed')) {
      const index = compactions.findIndex(
        ({ threadId, turnId }) => threadId === params.thread_id && turnId === params.turn_id,
      );
      const [compaction] = index < 0 ? [] : compactions.splice(index, 1);
      tally.same('after', compaction?.tokensAfter, params.active_context_tokens_after);
      tally.same('trigger', compaction?.trigger, params.trigger);
      tally.same('phase', compaction?.phase, params.phase);
      const missing = Number(params.active_context_tokens_before) - (compaction?.tokensBefore ?? 0);
      if (compaction?.tokensBeforeExact) tally.same('exact before', missing, 0);
      else tally.add(missing === 0 ? 'before' : missing > 0 ? 'before is less' : 'before is more');
    }
    assert.deepEqual(tally.counts, agreement[version].compactions);
  });

  test(`rollouts of ${version} say of guardian reviews what analytics says`, () => {
    const reviews = factsOf(everything(version), 'guardian_review');
    const tally = new Tally();
    for (const params of paramsOf(version, 'codex_guardian_review')) {
      const index = reviews.findIndex(
        (review) =>
          review.guardianThreadId === params.guardian_thread_id &&
          Math.abs((review.startedAt ?? 0) - Number(params.started_at) * 1000) <= 1000,
      );
      const [review] = index < 0 ? [] : reviews.splice(index, 1);
      const said = [
        review?.reviewedThreadId,
        review?.terminalStatus,
        review?.decision,
        review?.failureReason,
        review?.outcome,
        review?.riskLevel,
        review?.userAuthorization,
        review?.actionType,
        review?.attempts,
        review?.tokens?.total ?? 0,
      ];
      const known = [
        params.thread_id,
        params.terminal_status,
        params.decision,
        params.failure_reason,
        params.outcome,
        params.risk_level,
        params.user_authorization,
        params.reviewed_action.type,
        params.attempt_count,
        params.total_tokens ?? 0,
      ];
      tally.same(String(params.terminal_status), said.join(' '), known.join(' '));
    }
    assert.deepEqual(tally.counts, agreement[version].reviews);
  });

  test(`rollouts of ${version} say of tool calls what analytics says`, () => {
    const calls = factsOf(everything(version), 'tool_call');
    const tally = new Tally();
    for (const { event_type, event_params: params } of analyticsOf(version)) {
      if (params.item_id === undefined || event_type === 'codex_review_event') continue;
      const call = calls.find(
        ({ threadId, turnId, itemId }) =>
          threadId === params.thread_id && turnId === params.turn_id && itemId === params.item_id,
      );
      if (!call) tally.add(`only in analytics: ${String(params.tool_name)}`);
      else {
        tally.same('tool', `codex_${call.tool}_event`, event_type);
        tally.same('name', call.toolName, params.tool_name);
        tally.same('status', call.terminalStatus, params.terminal_status);
        tally.same('exit code', call.exitCode, call.exitCode === null ? null : (params.exit_code ?? call.exitCode));
        tally.same(
          'receivers',
          call.toolName === 'spawn_agent' ? call.receiverThreadIds.join() : '',
          call.toolName === 'spawn_agent' ? (params.receiver_thread_ids ?? []).join() : '',
        );
      }
    }
    assert.deepEqual(tally.counts, agreement[version].calls);
  });
}

import { z } from 'zod';
import { timeOfId } from '../events/moments.ts';
import { buildForest, evidenceSources, type ThreadEvidence } from '../forest/forest.ts';
import { within } from '../store/expressions.ts';
import type { Transaction } from '../store/store.ts';
import { anatomyColumns, derivedTableNames, threadFigures } from '../store/tables.ts';
import { deriveCallParents } from './derive-calls.ts';
import { deriveCompactionMeasures } from './derive-compactions.ts';
import { deriveCounts } from './derive-counts.ts';
import { loadRows } from './load-rows.ts';

const countOf = (kind: string, outcome: string): string => `count(*) FILTER (WHERE kind = '${kind}' AND outcome = '${outcome}')`;
const outcomeCounts = `
  ${countOf('hook_run', 'completed')} AS hooks_completed, ${countOf('hook_run', 'failed')} AS hooks_failed,
  ${countOf('hook_run', 'blocked')} AS hooks_blocked, ${countOf('hook_run', 'stopped')} AS hooks_stopped,
  ${countOf('guardian_review', 'approved')} AS guardian_approved, ${countOf('guardian_review', 'denied')} AS guardian_denied,
  ${countOf('guardian_review', 'failed_closed')} AS guardian_failed_closed, ${countOf('guardian_review', 'timed_out')} AS guardian_timed_out,
  ${countOf('guardian_review', 'aborted')} AS guardian_aborted,
  count(*) FILTER (WHERE kind = 'compaction') AS compactions`;

/** What requests to the model say of a turn is no analytics event. */
const fromAnalytics = "NOT starts_with(type, 'rollout_') AND kind <> 'turn_metadata'";

/** Columns of a turn that analytics says, and that its rollout fills in where analytics is silent. */
const merged = [
  'status', 'error', 'started_at', 'model', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'reasoning_output_tokens', 'total_tokens',
  'error_kind', 'error_http_status', 'task', 'reasoning_effort', 'approval_policy', 'approvals_reviewer', 'permissions', 'network', 'cwd', 'context_window',
  'time_to_first_token_ms', 'context_tokens', 'root_turn_id', 'turn_trigger', 'steers', ...anatomyColumns,
] as const;

/**
 * What the model called. The counts of logs have a cell's inner calls in them, but not those that end after their turn, so that no fewer are told than there are
 * records of.
 */
const toldCalls = 'coalesce(analytics.tool_calls, rollout.tool_calls, calls, 0)';
const modelCalls = `CASE WHEN inner_calls > 0 THEN greatest(${toldCalls} - inner_calls, model_calls) ELSE ${toldCalls} END`;

/** What is inferred from the last line of a turn counts only where no log says when the turn ended, nor how long it took. */
const usesInferredEnd = 'coalesce(rollout.end_inferred, FALSE) AND analytics.completed_at IS NULL AND analytics.duration_ms IS NULL';
const ending = (column: string): string => `CASE WHEN rollout.end_inferred AND NOT (${usesInferredEnd}) THEN analytics.${column} ELSE coalesce(analytics.${column}, rollout.${column}) END AS ${column}`;

const turns = `
  INSERT INTO turns BY NAME
  WITH named AS (
    SELECT thread_id, turn_id, min(time) AS first_time, min(import_id) AS first_import, bool_or(${fromAnalytics}) AS in_analytics,
      ${outcomeCounts}
    FROM events WHERE thread_id IS NOT NULL AND turn_id IS NOT NULL GROUP BY thread_id, turn_id
  ), called AS (
    SELECT thread_id, turn_id, count(*) AS calls, count(*) FILTER (WHERE inner_call) AS inner_calls, count(*) FILTER (WHERE reported AND NOT inner_call) AS model_calls
    FROM tool_calls WHERE thread_id IS NOT NULL AND turn_id IS NOT NULL GROUP BY thread_id, turn_id
  ), reports AS (SELECT *, coalesce(error, error_kind) AS named_error FROM logged_turns ANTI JOIN duplicates USING (event_id)),
  analytics AS (SELECT * REPLACE (named_error AS error) FROM reports WHERE source = 'analytics'),
  rollout AS (SELECT * REPLACE (named_error AS error) FROM reports WHERE source = 'rollout')
  SELECT thread_id, forest.created_at AS thread_created_at, turn_id, analytics.event_id IS NOT NULL OR coalesce(rollout.reported, FALSE) AS reported, named.in_analytics, rollout.event_id IS NOT NULL AS in_rollouts,
    coalesce(analytics.event_id, rollout.event_id) AS event_id, coalesce(analytics.import_id, rollout.import_id, first_import) AS import_id,
    coalesce(analytics.time, rollout.time, first_time) AS time, ${merged.map((column) => `coalesce(analytics.${column}, rollout.${column}) AS ${column}`).join(', ')},
    analytics.status IS NULL AND coalesce(rollout.status_inferred, FALSE) AS status_inferred,
    ${ending('completed_at')}, ${ending('duration_ms')}, ${usesInferredEnd} AS end_inferred,
    ${modelCalls} AS tool_calls, coalesce(inner_calls, 0) AS inner_calls, compactions,
    hooks_completed, hooks_failed, hooks_blocked, hooks_stopped,
    guardian_approved, guardian_denied, guardian_failed_closed, guardian_timed_out, guardian_aborted
  FROM named LEFT JOIN called USING (thread_id, turn_id) LEFT JOIN analytics USING (thread_id, turn_id) LEFT JOIN rollout USING (thread_id, turn_id) LEFT JOIN forest USING (thread_id)`;

const Evidence = z.array(z.object({
  threadId: z.string(), source: z.enum(evidenceSources), parentThreadId: z.string().nullable(),
  threadSource: z.string().nullable(), subagentSource: z.string().nullable(), createdAt: z.number().nullable(),
}));

/** So many pieces of evidence at a time: the engine holds a list of them in memory. */
const evidenceAtOnce = 50_000;

/** Many rows in one JSON text: reading them one by one out of the engine takes three times as long. */
async function readEvidence(transaction: Transaction): Promise<ThreadEvidence[]> {
  const [counted] = await transaction.rows('SELECT count(*) AS pieces FROM thread_evidence');
  const parts = Math.ceil(z.object({ pieces: z.int() }).parse(counted).pieces / evidenceAtOnce);
  const evidence: ThreadEvidence[][] = [];
  for (let part = 0; part < parts; part++) {
    const [found] = await transaction.rows(`
      SELECT to_json(list({'threadId': thread_id, 'source': source, 'parentThreadId': parent_thread_id, 'threadSource': thread_source,
        'subagentSource': subagent_source, 'createdAt': created_at})) AS evidence
      FROM (
        SELECT thread_id, source, parent_thread_id, thread_source, subagent_source, min(created_at) AS created_at FROM thread_evidence
        WHERE hash(thread_id) % $parts = $part GROUP BY thread_id, source, parent_thread_id, thread_source, subagent_source
      )`, { part, parts });
    evidence.push(Evidence.parse(JSON.parse(z.string().nullable().parse(found?.evidence) ?? '[]')));
  }
  return evidence.flat();
}

async function deriveForest(transaction: Transaction, folder: string): Promise<void> {
  const forest = buildForest(await readEvidence(transaction), timeOfId);
  await loadRows(transaction, 'forest', folder, (spool) => {
    const above: (number | null)[] = [];
    for (const node of forest) {
      above.length = node.depth;
      spool.add(node.position, {
        subtree_end: node.subtreeEnd, thread_id: node.threadId, parent_thread_id: node.parentThreadId, parent_source: node.parentSource,
        root_thread_id: node.rootThreadId, depth: node.depth, height: node.height, children: node.children, kind: node.kind, seen: node.seen, cycle: node.cycle,
        created_at: node.createdAt, created_at_inferred: node.createdAtInferred, id_time: timeOfId(node.threadId), parent_created_at: above.at(-1) ?? null,
      });
      above.push(node.createdAt);
    }
  });
}

/**
 * Files of one thread from the earliest on, and of copies of a file the one that goes furthest first; then those with the latest turn first. What is still equal is settled
 * by the value itself, so that neither the order of imports nor the mix of copies matters.
 */
const earliest = 'segment_started_at NULLS LAST, segment_first_line_at NULLS LAST, records_read DESC NULLS LAST';
const latestTurn = 'last_turn_at DESC NULLS LAST, segment_started_at DESC NULLS LAST, segment_first_line_at DESC NULLS LAST, records_read DESC NULLS LAST';
const saidBy = (order: string, columns: readonly string[]): string =>
  columns.map((column) => `first(${column} ORDER BY ${order}, ${column}) FILTER (WHERE ${column} IS NOT NULL) AS ${column}`).join(', ');

/** The earliest file says how a thread began, the one with the latest turn what it is now. What git said is of one file: a branch of one and a commit of another are no state. */
const rollouts = `
  INSERT INTO rollouts BY NAME
  SELECT * EXCLUDE (git), git.branch AS git_branch, git.commit AS git_commit, git.repository AS git_repository FROM (
    SELECT thread_id, ${saidBy(earliest, ['forked_from_thread_id', 'title', 'cwd', 'agent_nickname', 'agent_role', 'agent_path', 'git'])},
      ${saidBy(latestTurn, ['model', 'client', 'codex_version'])}, max(last_active_at) AS last_active_at
    FROM (
      SELECT evidence.thread_id, forked_from_thread_id, model, client, codex_version, title, cwd, agent_nickname, agent_role, agent_path, last_active_at,
        {'branch': git_branch, 'commit': git_commit, 'repository': git_repository} AS git, segment_started_at, segment_first_line_at, last_turn_at, records_read
      FROM thread_evidence AS evidence JOIN logged_rollouts USING (event_id) WHERE source = 'rollout'
    ) GROUP BY thread_id
  )`;

/** The latest name that the rollout tells of counts, else the latest one of the session index. */
const threadNames = `
  INSERT INTO thread_names BY NAME
  SELECT thread_id, first(name ORDER BY told_by = 'session_index', named_at DESC NULLS LAST, line DESC, name) AS name FROM logged_thread_names GROUP BY thread_id`;

/** Guardian threads' turns and tokens are counted apart, never in those of the threads above them (`semantics.md`, "Threads and trees"). */
const leavesGuardianOut = (figure: string): boolean => /^turns|_tokens$/.test(figure) && figure !== 'guardian_tokens';
const contribution = (figure: string): string => (leavesGuardianOut(figure) ? `CASE WHEN kind = 'guardian' THEN 0 ELSE ${figure} END` : figure);

/** What describes a thread: the latest of several rows; equal times are settled by the values, so that the order of imports does not matter. */
const latest = "max({'time': time, 'model': model, 'client': client, 'codex_version': codex_version})";

/**
 * Own figures by thread; then running sums in pre-order, of which a subtree's sum is a difference, and to which a guardian thread's own figures are added
 * when it is the root of that subtree. A window holds all of its rows in memory, so that they have figures alone. Nearly every thread has one initialized event,
 * so that only the others are compared with `latest`, which is slow.
 */
const threads = `
  INSERT INTO threads BY NAME
  WITH initialized AS (
    SELECT thread_id, count(*) FILTER (WHERE initialization_mode = 'resumed') AS resumptions, max(forked_from_thread_id) AS forked_from_thread_id,
      count(*) AS times, any_value(model) AS model, any_value(client) AS client, any_value(codex_version) AS codex_version
    FROM thread_evidence ANTI JOIN duplicates USING (event_id) WHERE source = 'initialized' GROUP BY thread_id
  ), described AS (
    SELECT thread_id, model, client, codex_version FROM initialized WHERE times = 1
    UNION ALL
    SELECT thread_id, latest.model, latest.client, latest.codex_version FROM (
      SELECT thread_id, ${latest} AS latest FROM thread_evidence ANTI JOIN duplicates USING (event_id)
      WHERE source = 'initialized' AND thread_id IN (SELECT thread_id FROM initialized WHERE times > 1) GROUP BY thread_id
      UNION ALL
      SELECT thread_id, ${latest} AS latest FROM logged_turns ANTI JOIN duplicates USING (event_id)
      WHERE source = 'analytics' AND thread_id NOT IN (SELECT thread_id FROM initialized UNION ALL SELECT thread_id FROM rollouts) GROUP BY thread_id
    )
  ), worked AS (
    SELECT thread_id, count(*) FILTER (WHERE reported) AS turns, count(*) FILTER (WHERE reported AND status = 'completed') AS turns_completed,
      count(*) FILTER (WHERE reported AND status = 'failed') AS turns_failed, count(*) FILTER (WHERE reported AND status = 'interrupted') AS turns_interrupted,
      count(*) FILTER (WHERE NOT reported) AS turns_unreported, sum(input_tokens) FILTER (WHERE reported) AS input_tokens, sum(cached_input_tokens) FILTER (WHERE reported) AS cached_input_tokens,
      sum(output_tokens) FILTER (WHERE reported) AS output_tokens, sum(reasoning_output_tokens) FILTER (WHERE reported) AS reasoning_output_tokens, sum(total_tokens) FILTER (WHERE reported) AS total_tokens
    FROM turns GROUP BY thread_id
  ), happened AS (
    SELECT thread_id, max(greatest(time, ended_at)) FILTER (WHERE kind <> 'thread_name') AS last_active_at, bool_or(${fromAnalytics}) AS in_analytics, ${outcomeCounts} FROM events WHERE thread_id IS NOT NULL GROUP BY thread_id
  ), compacted AS (
    SELECT thread_id, count(*) AS compactions_completed, sum(tokens_before - tokens_after) AS tokens_saved FROM compactions WHERE status = 'completed' GROUP BY thread_id
  ), stormed AS (
    SELECT thread_id, count(*) AS storms FROM compaction_measures WHERE begins_storm GROUP BY thread_id
  ), own AS MATERIALIZED (
    SELECT position, subtree_end, kind, coalesce(happened.in_analytics, FALSE) AS in_analytics, happened.last_active_at, ${within("CASE WHEN kind = 'guardian' THEN coalesce(worked.total_tokens, 0) ELSE 0 END")} AS guardian_tokens,
      ${threadFigures.filter((figure) => figure !== 'guardian_tokens').map((figure) => `${within(`coalesce(${figure}, 0)`)} AS ${figure}`).join(', ')}
    FROM forest LEFT JOIN worked USING (thread_id) LEFT JOIN happened USING (thread_id) LEFT JOIN compacted USING (thread_id) LEFT JOIN stormed USING (thread_id)
  ), summed AS MATERIALIZED (
    SELECT position, ${threadFigures.map((figure) => `sum(${contribution(figure)}) OVER (ORDER BY position ROWS UNBOUNDED PRECEDING) AS ${figure}`).join(', ')} FROM own
  )
  SELECT forest.*, coalesce(initialized.forked_from_thread_id, rollouts.forked_from_thread_id) AS forked_from_thread_id, own.in_analytics, rollouts.thread_id IS NOT NULL AS in_rollouts,
    coalesce(thread_names.name, rollouts.title) AS title, rollouts.cwd, rollouts.git_branch, rollouts.git_commit, rollouts.git_repository, rollouts.agent_nickname, rollouts.agent_role, rollouts.agent_path,
    coalesce(described.model, rollouts.model) AS model, coalesce(described.client, rollouts.client) AS client,
    coalesce(described.codex_version, rollouts.codex_version) AS codex_version, greatest(own.last_active_at, rollouts.last_active_at) AS last_active_at, coalesce(resumptions, 0) AS resumptions,
    ${threadFigures.map((figure) => `own.${figure}, ${within(`last.${figure} - here.${figure} + own.${figure}`)} AS subtree_${figure}`).join(', ')}
  FROM forest JOIN own USING (position) JOIN summed AS here USING (position) JOIN summed AS last ON last.position = forest.subtree_end
    LEFT JOIN initialized USING (thread_id) LEFT JOIN rollouts USING (thread_id) LEFT JOIN thread_names USING (thread_id) LEFT JOIN described USING (thread_id)`;

/** Every thread that an import names has evidence of that import. */
const namedThreads = `
  INSERT INTO named_threads BY NAME
  SELECT DISTINCT import_id, position FROM (
    SELECT import_id, thread_id FROM thread_evidence UNION ALL SELECT import_id, parent_thread_id FROM thread_evidence WHERE parent_thread_id IS NOT NULL
  ) JOIN forest USING (thread_id)`;

/**
 * Rebuilds every derived table from the facts. `folder` takes a spool file for the time of the call.
 * Cost: a few passes over `logged_events`; about three seconds for 400,000 events.
 */
export async function derive(transaction: Transaction, folder: string): Promise<void> {
  for (const table of derivedTableNames) await transaction.run(`DELETE FROM ${table}`);
  await deriveForest(transaction, folder);
  await transaction.run(namedThreads);
  await deriveCallParents(transaction);
  await transaction.run(turns);
  await deriveCompactionMeasures(transaction, folder);
  await transaction.run(rollouts);
  await transaction.run(threadNames);
  await transaction.run(threads);
  await deriveCounts(transaction);
}

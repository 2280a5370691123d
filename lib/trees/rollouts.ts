import type { Transaction } from '../store/store.ts';
import { ofBatch } from './working.ts';

/**
 * Two orders of the files of one thread: `earliest` has the earliest file first, `latestTurn` the one with the latest
 * turn; both have the longest of several copies of a file first. Ties are settled by the value itself, so that neither
 * the order of imports nor the mix of copies matters.
 */
const earliest = 'segment_started_at NULLS LAST, segment_first_line_at NULLS LAST, records_read DESC NULLS LAST';
const latestTurn =
  'last_turn_at DESC NULLS LAST, segment_started_at DESC NULLS LAST, segment_first_line_at DESC NULLS LAST, records_read DESC NULLS LAST';
const saidBy = (order: string, columns: readonly string[]): string =>
  columns
    .map((column) => `first(${column} ORDER BY ${order}, ${column}) FILTER (WHERE ${column} IS NOT NULL) AS ${column}`)
    .join(', ');

/**
 * The earliest file says how a thread began, the one with the latest turn its present state. Git facts come from one
 * file: a branch of one and a commit of another are no state.
 */
const rollouts = `
  INSERT INTO rollouts BY NAME
  SELECT * EXCLUDE (git), git.branch AS git_branch, git.commit AS git_commit, git.repository AS git_repository FROM (
    SELECT thread, thread_id,
      ${saidBy(earliest, ['forked_from_thread_id', 'title', 'cwd', 'agent_nickname', 'agent_role', 'agent_path', 'git'])},
      ${saidBy(latestTurn, ['model', 'client', 'codex_version'])}, max(last_active_at) AS last_active_at
    FROM (
      SELECT evidence.thread, evidence.thread_id, forked_from_thread_id, model, client, codex_version, title, cwd,
        agent_nickname, agent_role, agent_path, last_active_at,
        {'branch': git_branch, 'commit': git_commit, 'repository': git_repository} AS git, segment_started_at,
        segment_first_line_at, last_turn_at, records_read
      FROM batch_evidence AS evidence JOIN (SELECT * EXCLUDE (thread, thread_id)
        FROM ${ofBatch('logged_rollouts')}) USING (event_id) WHERE source = 'rollout'
    ) GROUP BY thread, thread_id
  )`;

/** The latest name in the rollout counts, else the latest one of the session index. */
const threadNames = `
  INSERT INTO thread_names BY NAME
  SELECT thread, thread_id,
    first(name ORDER BY told_by = 'session_index', named_at DESC NULLS LAST, line DESC, name) AS name
    FROM ${ofBatch('logged_thread_names')} GROUP BY thread, thread_id`;

/** Fills `rollouts` and `thread_names` for the threads of the batch. */
export async function describeBatch(transaction: Transaction): Promise<void> {
  await transaction.run(rollouts);
  await transaction.run(threadNames);
}

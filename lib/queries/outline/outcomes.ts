import { everything, type Predicate } from '../../filters.ts';
import type { TreeOutcome } from './shapes.ts';

/** The condition for each outcome of a thread itself, called `thread`. */
const conditions: Readonly<Record<TreeOutcome, string>> = {
  blocked_hook: 'thread.hooks_blocked > 0',
  failed_hook: 'thread.hooks_failed > 0',
  stopped_hook: 'thread.hooks_stopped > 0',
  denied_review: 'thread.guardian_denied > 0',
  failed_closed_review: 'thread.guardian_failed_closed > 0',
  failed_turn: 'thread.turns_failed > 0',
  compaction: 'thread.compactions > 0',
  failed_compaction:
    "thread.thread_id IN (SELECT failed.thread_id FROM compactions AS failed WHERE failed.status = 'failed')",
  storm: 'thread.storms > 0',
};

/** Returns the condition that a thread, called `thread`, has any of these outcomes; without any, it is always true. */
export const hasOutcome = (outcomes: readonly TreeOutcome[]): Predicate =>
  outcomes.length === 0 ? everything : { sql: outcomes.map((outcome) => conditions[outcome]).join(' OR '), values: {} };

/** Returns the condition that the thread's tree has any of these outcomes. */
export const inTreeWith = (outcomes: readonly TreeOutcome[]): Predicate =>
  outcomes.length === 0
    ? everything
    : {
        sql: `thread.tree IN (SELECT thread.tree FROM threads AS thread WHERE ${hasOutcome(outcomes).sql})`,
        values: {},
      };

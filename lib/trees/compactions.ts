import { z } from 'zod';
import type { Transaction } from '../store/store.ts';
import { factTables } from '../store/fact-tables.ts';
import { keysOf } from '../store/tables.ts';
import { measureCompactions, type MeasuredCompaction, type MeasuredTurn } from './compaction-measures.ts';
import { countedOfBatch } from './working.ts';

const whole = z.bigint().nullable();
const Turns = z.object({
  thread: z.array(z.number()),
  thread_id: z.array(z.string()),
  turn_id: z.array(z.string()),
  reported: z.array(z.boolean()),
  input: z.array(whole),
  ended_at: z.array(whole),
});
const Compaction = z.object({
  event_id: z.number(),
  thread: z.number(),
  turn_id: z.string(),
  completed: z.boolean(),
  before: z.number().nullable(),
  started_at: z.number().nullable(),
  ended_at: z.number().nullable(),
});

/**
 * Compactions of one second are in the order in which they follow from one another: by their ends, then the larger
 * `tokens_before` first; where these are equal, in an order that does not depend on which import came first.
 */
const contents = keysOf(factTables.logged_compactions).filter(
  (column) => column !== 'event_id' && column !== 'import_id' && column !== 'thread',
);
const inOrder = `time, completed_at, tokens_before DESC, status = 'completed', hash(${contents.join(', ')}), event_id`;

const compactions = `SELECT event_id, thread, turn_id, coalesce(status = 'completed', FALSE) AS completed,
    tokens_before AS before, started_at, coalesce(completed_at, started_at) AS ended_at
  FROM ${countedOfBatch('logged_compactions')} WHERE turn_id IS NOT NULL ORDER BY ${inOrder}`;

/** The turns of threads that compacted, in order. A turn's end is its own, or follows from its duration. */
const turns = `SELECT thread, thread_id, turn_id, reported, CASE WHEN reported THEN input_tokens END AS input,
    coalesce(completed_at, started_at + duration_ms) AS ended_at
  FROM turns WHERE thread IN (SELECT thread FROM batch_events WHERE kind = 'compaction')
  ORDER BY thread, coalesce(time, ${Number.MAX_SAFE_INTEGER}), turn_id`;

const numberOf = (value: bigint | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

interface CompactedThread {
  readonly thread: number;
  readonly threadId: string;
  readonly turns: MeasuredTurn[];
}

/** Returns the threads that compacted, each with its turns in order. */
async function compactedThreads(transaction: Transaction): Promise<Iterable<CompactedThread>> {
  const ofTurns = new Map<string, MeasuredCompaction[]>();
  for (const row of await transaction.rows(compactions)) {
    const { thread, turn_id: turn, event_id: eventId, completed, before, ...times } = Compaction.parse(row);
    const key = `${thread} ${turn}`;
    const others = ofTurns.get(key) ?? [];
    others.push({ eventId, completed, before, startedAt: times.started_at, endedAt: times.ended_at });
    ofTurns.set(key, others);
  }
  const read = Turns.parse(await transaction.columns(turns));
  const threads = new Map<number, CompactedThread>();
  let place = 0;
  read.thread.forEach((thread, at) => {
    let found = threads.get(thread);
    if (!found) {
      found = { thread, threadId: read.thread_id[at] ?? '', turns: [] };
      threads.set(thread, found);
      place = 0;
    }
    if (read.reported[at]) place++;
    const [input, endedAt] = [numberOf(read.input[at]), numberOf(read.ended_at[at])];
    found.turns.push({ place, input, endedAt, compactions: ofTurns.get(`${thread} ${read.turn_id[at]}`) ?? [] });
  });
  return threads.values();
}

/**
 * Fills `compaction_measures` for the threads of the batch, from their turns and compactions that count. Returns the
 * number of storms by thread id, without threads that had none.
 */
export async function measureBatch(transaction: Transaction): Promise<ReadonlyMap<string, number>> {
  const rows: (readonly unknown[])[] = [];
  const storms = new Map<string, number>();
  for (const { thread, threadId, turns: inTurns } of await compactedThreads(transaction)) {
    for (const { eventId, refillTurns, refillMs, storm, beginsStorm } of measureCompactions(inTurns)) {
      rows.push([eventId, threadId, refillTurns, refillMs, storm, beginsStorm, thread]);
      if (beginsStorm) storms.set(threadId, (storms.get(threadId) ?? 0) + 1);
    }
  }
  await transaction.append('compaction_measures', rows);
  return storms;
}

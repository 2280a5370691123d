import { z } from 'zod';
import type { Transaction } from '../store/store.ts';
import { factTables } from '../store/fact-tables.ts';
import { keysOf } from '../store/tables.ts';
import { measureCompactions } from './compaction-measures.ts';
import { ofBatch } from './working.ts';

const milliseconds = z.number().nullable();
const Compactions = z.array(
  z.object({
    eventId: z.number(),
    completed: z.boolean(),
    before: z.number().nullable(),
    startedAt: milliseconds,
    endedAt: milliseconds,
  }),
);
const Threads = z.array(
  z.object({
    threadId: z.string(),
    turns: z.array(
      z.object({
        place: z.number(),
        input: z.number().nullable(),
        endedAt: milliseconds,
        compactions: Compactions.nullable(),
      }),
    ),
  }),
);

/**
 * Compactions of one second are in the order in which they follow from one another: by their ends, then the larger
 * `tokens_before` first; where these are equal, in an order that does not depend on which import came first.
 */
const contents = keysOf(factTables.logged_compactions).filter(
  (column) => column !== 'event_id' && column !== 'import_id',
);
const inOrder = `time, completed_at, tokens_before DESC, status = 'completed', hash(${contents.join(', ')}), event_id`;

/**
 * The turns, in order, of threads that compacted: as few large JSON texts, because reading rows one by one from the
 * engine is slow. A turn's end is its own, or follows from its duration. Turns with neither a compaction nor input
 * tokens are left out.
 */
const readings = `
  WITH placed AS (
    SELECT thread_id, turn_id, CASE WHEN reported THEN input_tokens END AS input,
      coalesce(completed_at, started_at + duration_ms) AS ended_at,
      row_number() OVER in_order AS number, count(*) FILTER (WHERE reported) OVER in_order AS place
    FROM ${ofBatch('turns')} SEMI JOIN (SELECT thread_id FROM batch_events WHERE kind = 'compaction') USING (thread_id)
    WINDOW in_order AS (PARTITION BY thread_id
      ORDER BY coalesce(time, ${Number.MAX_SAFE_INTEGER}), turn_id ROWS UNBOUNDED PRECEDING)
  ), compacted AS (
    SELECT thread_id, turn_id, list({'eventId': event_id, 'completed': coalesce(status = 'completed', FALSE),
      'before': tokens_before, 'startedAt': started_at,
      'endedAt': coalesce(completed_at, started_at)} ORDER BY ${inOrder}) AS compactions
    FROM ${ofBatch('compactions')} WHERE turn_id IS NOT NULL GROUP BY thread_id, turn_id
  ), threads_read AS (
    SELECT thread_id, list({'place': place, 'input': input, 'endedAt': ended_at, 'compactions': compactions}
      ORDER BY number) AS turns
    FROM placed LEFT JOIN compacted USING (thread_id, turn_id) WHERE input IS NOT NULL OR compactions IS NOT NULL
      GROUP BY thread_id
  )
  SELECT to_json(list({'threadId': thread_id, 'turns': turns})) AS part FROM threads_read
    GROUP BY hash(thread_id) % 64`;

function* measuresOf(part: unknown): Generator<readonly unknown[]> {
  for (const { threadId, turns } of Threads.parse(JSON.parse(z.string().parse(part)))) {
    const measures = measureCompactions(turns.map((turn) => ({ ...turn, compactions: turn.compactions ?? [] })));
    for (const { eventId, refillTurns, refillMs, storm, beginsStorm } of measures)
      yield [eventId, threadId, refillTurns, refillMs, storm, beginsStorm];
  }
}

/** Fills `compaction_measures` for the threads of the batch, from their turns and compactions that count. */
export async function measureBatch(transaction: Transaction): Promise<void> {
  await transaction.append(
    'compaction_measures',
    (await transaction.rows(readings)).flatMap(({ part }) => [...measuresOf(part)]),
  );
}

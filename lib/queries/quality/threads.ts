import { z } from 'zod';
import { allOf, threadPredicate, type Filter, type Predicate } from '../../filters.ts';
import { threadKinds } from '../../filter-url.ts';
import type { Reader } from '../../store/store.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { count } from '../fields.ts';
import { seenValues, type Page, type ThreadRow } from '../shapes.ts';
import { forestOrder, threadRows } from '../thread-rows.ts';
import { isJudged, isOdd, oddityCounts, oddityMeasures, oddThreads, readOddities, threadOddities } from './oddities.ts';
import { knownFrom, knownFromColumn } from './known-from.ts';
import type { Scope } from './scope.ts';

/**
 * The certainty of a thread's parent: by its source, surest first; or the reason why there is none. `missing`: a
 * subagent or guardian without one.
 */
export const parentCertainties = ['reported', 'rollout', 'spawn', 'review', 'root', 'missing', 'cycle'] as const;
const certainty = `CASE WHEN thread.cycle THEN 'cycle' WHEN thread.parent_source IS NOT NULL THEN thread.parent_source
  WHEN thread.kind IN ('subagent', 'guardian') THEN 'missing' ELSE 'root' END`;

/** The certainty of a thread's creation: stated by a log, inferred from its UUIDv7, or unknown. */
const creations = ['stated', 'inferred', 'unknown'] as const;

export const ThreadQuality = z
  .object({
    total: count,
    parents: z.array(z.object({ kind: z.enum(threadKinds), parent: z.enum(parentCertainties), threads: count })),
    seen: z.array(z.object({ seen: z.enum(seenValues), threads: count })),
    knownFrom: z.array(z.object({ knownFrom: z.enum(knownFrom), threads: count })),
    creation: z.array(z.object({ creation: z.enum(creations), threads: count })),
    oddities: oddityCounts(threadOddities),
  })
  .meta({ id: 'ThreadQuality' });
export type ThreadQuality = z.output<typeof ThreadQuality>;

const creation = `CASE WHEN thread.created_at IS NULL THEN 'unknown' WHEN thread.created_at_inferred THEN 'inferred'
    ELSE 'stated' END`;
/** The columns that count and select threads. */
const selectable = { parent: certainty, seen: 'thread.seen', knownFrom: knownFromColumn('thread'), creation } as const;
const names = ['parent', 'seen', 'knownFrom', 'creation'] as const;
const Group = z.object({
  kind: z.enum(threadKinds),
  parent: z.enum(parentCertainties),
  seen: z.enum(seenValues),
  knownFrom: z.enum(knownFrom),
  creation: z.enum(creations),
  threads: count,
});
type Group = z.output<typeof Group>;

/**
 * Returns nodes by kind, by the certainty of their parent, and by their presence in the logs. One pass over the
 * threads.
 */
export async function threadQuality(store: Reader, scope: Scope): Promise<ThreadQuality> {
  const { sql, values } = threadPredicate(scope, 'thread');
  const rows = await store.rows(
    `SELECT thread.kind, ${names.map((name) => `${selectable[name]} AS "${name}"`).join(', ')}, count(*) AS threads,
      ${oddityMeasures(oddThreads, threadOddities)}
    FROM ${oddThreads.from} WHERE ${sql} GROUP BY thread.kind, ${names.map((name) => selectable[name]).join(', ')}`,
    values,
  );
  const groups = z.array(Group).parse(rows);
  const total = (of: (group: Group) => boolean = () => true): number =>
    groups.reduce((sum, group) => (of(group) ? sum + group.threads : sum), 0);
  return {
    total: total(),
    parents: threadKinds.flatMap((kind) =>
      parentCertainties.map((parent) => ({
        kind,
        parent,
        threads: total((group) => group.kind === kind && group.parent === parent),
      })),
    ),
    seen: seenValues.map((seen) => ({ seen, threads: total((group) => group.seen === seen) })),
    knownFrom: knownFrom.map((each) => ({ knownFrom: each, threads: total((group) => group.knownFrom === each) })),
    creation: creations.map((each) => ({ creation: each, threads: total((group) => group.creation === each) })),
    oddities: readOddities(threadOddities, rows),
  };
}

/** The selection of a list of threads, besides the filter. */
export const ThreadSelection = z.object({
  parent: z.enum(parentCertainties).optional(),
  seen: z.enum(seenValues).optional(),
  knownFrom: z.enum(knownFrom).optional(),
  creation: z.enum(creations).optional(),
  oddity: z.enum(threadOddities).optional(),
  judged: z.enum(threadOddities).optional(),
});
export type ThreadSelection = z.output<typeof ThreadSelection>;
const place = z.tuple([z.number(), z.string(), z.int()]);

/** Returns threads one by one, in the order of the forest. Throws `BadCursor`. */
export async function selectedThreads(
  store: Reader,
  filter: Filter,
  { limit, cursor, ...selection }: Page & ThreadSelection,
): Promise<{ threads: ThreadRow[]; nextCursor: string | null }> {
  const { row, matching } = threadRows(filter);
  const { sql, values } = allOf([
    matching,
    ...names.map((name) =>
      selection[name] === undefined
        ? null
        : { sql: `${selectable[name]} = $${name}`, values: { [name]: selection[name] } },
    ),
    selection.oddity === undefined ? null : isOdd(oddThreads, selection.oddity),
    selection.judged === undefined ? null : isJudged(oddThreads, selection.judged),
    cursor === undefined ? null : beyond(decodeCursor(cursor, place)),
  ]);
  const rows = await store.rows(
    `SELECT ${row.sql}, coalesce(thread.root_created_at, ${Number.MAX_SAFE_INTEGER}) AS root_time,
      thread.root_thread_id AS root_id, thread.place AS place
      FROM ${oddThreads.from} WHERE ${sql} ORDER BY ${forestOrder} LIMIT ${limit + 1}`,
    { ...matching.values, ...values },
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    threads: rows.slice(0, limit).map((each) => row.read(each)),
    nextCursor: last ? encodeCursor(place.parse([last.root_time, last.root_id, last.place])) : null,
  };
}

const beyond = ([time, root, at]: z.output<typeof place>): Predicate => ({
  sql: `(${forestOrder}) > ($afterTime, $afterRoot, $afterPlace)`,
  values: { afterTime: time, afterRoot: root, afterPlace: at },
});

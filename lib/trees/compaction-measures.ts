/**
 * A turn of a thread with its compactions and the fields for refills and storms. Times are ms since the epoch; null is
 * "not said".
 */
export interface MeasuredTurn {
  /** The number of reported turns up to this one, itself included if it is reported. */
  readonly place: number;
  /** Its input tokens; null when it is not reported or does not state them. */
  readonly input: number | null;
  readonly endedAt: number | null;
  /** In order of time. */
  readonly compactions: readonly MeasuredCompaction[];
}
export interface MeasuredCompaction {
  readonly eventId: number;
  readonly completed: boolean;
  readonly before: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** Refill: turns and ms until the context was as full again; null when it never was, or when a time is missing. */
export interface CompactionMeasure {
  readonly eventId: number;
  readonly refillTurns: number | null;
  readonly refillMs: number | null;
  readonly storm: boolean;
  readonly beginsStorm: boolean;
}

/** This many compactions of a thread within this many turns are a storm. */
const stormSize = 3;
const stormTurns = 10;

interface Waiting {
  readonly eventId: number;
  readonly before: number;
  readonly place: number;
  readonly endedAt: number | null;
}
interface Refill {
  readonly turns: number;
  readonly milliseconds: number | null;
}

/**
 * Turns end in whole seconds, so one may seem to end just before a compaction in it: this counts as no time. An end a
 * second or more before cannot be right and gives null.
 */
const between = (from: number, to: number): number | null => (to - from <= -1000 ? null : Math.max(0, to - from));

/**
 * Takes the compactions off the end of `waiting` whose tokens before are reached. `waiting` falls strictly, so no other
 * one is reached.
 */
function refilled(
  waiting: Waiting[],
  tokens: number,
  place: number,
  time: number | null,
  refills: Map<number, Refill>,
): void {
  for (let last = waiting.at(-1); last && last.before <= tokens; last = waiting.at(-1)) {
    waiting.pop();
    refills.set(last.eventId, {
      turns: place - last.place,
      milliseconds: time === null || last.endedAt === null ? null : between(last.endedAt, time),
    });
  }
}

/** Linear: every compaction waits once, and waiting ones are in order of their tokens. */
function refillsOf(turns: readonly MeasuredTurn[]): Map<number, Refill> {
  const refills = new Map<number, Refill>();
  const waiting: Waiting[] = [];
  for (const { place, input, endedAt, compactions } of turns) {
    // A turn's input includes the requests before its own compaction, so it proves no refill after it.
    const own: Waiting[] = [];
    for (const { eventId, completed, before, startedAt, endedAt: end } of compactions) {
      if (before === null) continue;
      for (const list of [own, waiting]) refilled(list, before, place, startedAt, refills);
      if (completed) own.push({ eventId, before, place, endedAt: end });
    }
    if (input !== null) refilled(waiting, input, place, endedAt, refills);
    // `waiting` still falls strictly: all that still wait are larger than the members of `own`.
    waiting.push(...own);
  }
  return refills;
}

/** Finds where storms begin, and which compactions are part of one; indices into `places`. */
function stormsOf(places: readonly number[]): {
  readonly members: ReadonlySet<number>;
  readonly beginnings: ReadonlySet<number>;
} {
  const members = new Set<number>();
  const beginnings = new Set<number>();
  for (let last = stormSize - 1; last < places.length; last++) {
    const first = last - stormSize + 1;
    if ((places[last] ?? 0) - (places[first] ?? 0) >= stormTurns) continue;
    // A storm continues when it shares a compaction with the one before; then it shares its first.
    if (!members.has(first)) beginnings.add(first);
    for (let member = first; member <= last; member++) members.add(member);
  }
  return { members, beginnings };
}

/**
 * Returns the refills and storms of one thread's compactions (`docs/semantics.md`, "Compactions"); only those that have
 * any. `turns` are in order. Linear.
 */
export function measureCompactions(turns: readonly MeasuredTurn[]): CompactionMeasure[] {
  const refills = refillsOf(turns);
  const all = turns.flatMap(({ place, compactions }) => compactions.map(({ eventId }) => ({ eventId, place })));
  const { members, beginnings } = stormsOf(all.map(({ place }) => place));
  return all.flatMap(({ eventId }, index) => {
    const refill = refills.get(eventId);
    const storm = members.has(index);
    if (refill === undefined && !storm) return [];
    return [
      {
        eventId,
        refillTurns: refill?.turns ?? null,
        refillMs: refill?.milliseconds ?? null,
        storm,
        beginsStorm: beginnings.has(index),
      },
    ];
  });
}

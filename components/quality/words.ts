import type { ThreadSelection } from '@/lib/queries/quality/threads.ts';
import type { TurnSelection } from '@/lib/queries/quality/turns.ts';
import type { EventSelection } from '@/lib/queries/events.ts';

/** The name and the meaning of a value of a selection. */
export interface Words {
  readonly name: string;
  readonly meaning: string;
}
type WordsFor<T extends string | undefined> = Readonly<Record<NonNullable<T>, Words>>;

export const parentWords: WordsFor<ThreadSelection['parent']> = {
  reported: { name: 'reported', meaning: 'The thread’s own events name its parent.' },
  rollout: { name: 'rollout', meaning: 'The thread’s rollout names its parent.' },
  spawn: { name: 'spawn', meaning: 'The spawn call names it; its own logs name no parent.' },
  review: { name: 'review', meaning: 'A guardian review names it; its own logs name no parent.' },
  root: { name: 'root', meaning: 'It has no parent and needs none.' },
  missing: { name: 'missing', meaning: 'It is a subagent or guardian, but no log names its parent.' },
  cycle: { name: 'cycle', meaning: 'Its parents form a loop, which is cut here.' },
};
export const seenWords: WordsFor<ThreadSelection['seen']> = {
  initialized: { name: 'start logged', meaning: 'Its initialized event or its rollout is in the logs.' },
  active: { name: 'start not logged', meaning: 'Some of its events are in the logs, but not its start.' },
  mentioned: { name: 'only mentioned', meaning: 'Only other threads’ events name it.' },
};
export const knownFromWords: WordsFor<ThreadSelection['knownFrom']> = {
  analytics: { name: 'analytics only', meaning: 'Only analytics events record it.' },
  rollout: { name: 'rollout only', meaning: 'Only a rollout records it.' },
  both: { name: 'both', meaning: 'Analytics events and a rollout record it.' },
  neither: { name: 'neither', meaning: 'None of its own logs is imported.' },
};
export const creationWords: WordsFor<ThreadSelection['creation']> = {
  stated: { name: 'stated', meaning: 'A log states the creation time.' },
  inferred: { name: 'from its id', meaning: 'No log states the creation time; it comes from the UUIDv7 id.' },
  unknown: { name: 'unknown', meaning: 'No log states the creation time, and the id does not contain it.' },
};
export const gapWords: WordsFor<TurnSelection['gap']> = {
  unreported: {
    name: 'turn event',
    meaning: 'Only other events name the turn. It has no outcome and is not in turn counts.',
  },
  without_status: { name: 'status', meaning: 'The turn is reported without an outcome.' },
  without_usage: { name: 'tokens', meaning: 'The turn is reported without token usage.' },
};
export const timeSourceWords: WordsFor<EventSelection['timeSource']> = {
  event: { name: 'event', meaning: 'A field of the event.' },
  envelope: { name: 'envelope', meaning: 'When the sink, HAR file or log line recorded it.' },
  turn: { name: 'turn', meaning: 'The time of its turn, from the turn’s id or start.' },
  order: { name: 'order', meaning: 'The time of nearby events in the log.' },
  import: { name: 'import', meaning: 'The import time: the whole log has no time.' },
};
export const occurrenceWords: WordsFor<EventSelection['occurrence']> = {
  counted: { name: 'counted', meaning: 'One occurrence of each event.' },
  repeated: { name: 'repeated', meaning: 'Repeats of a counted event.' },
  all: { name: 'all', meaning: 'Counted and repeated.' },
};

export const eventOddityWords: WordsFor<EventSelection['oddity']> = {
  ends_before_start: { name: 'ends before it starts', meaning: 'The event’s end is before its start.' },
  in_the_future: { name: 'in the future', meaning: 'Its time is more than a day after its import.' },
  before_codex: { name: 'before Codex', meaning: 'Its time is before 2025, before Codex logged events.' },
  clock_without_zone: {
    name: 'clock without a zone',
    meaning:
      'Its time comes from its log line, whose clock names no time zone. The offset from UTC comes from other events.',
  },
};
export const threadOddityWords: WordsFor<ThreadSelection['oddity']> = {
  creation_differs_from_id: {
    name: 'creation differs from its id',
    meaning: 'The stated creation is more than an hour from the time in the thread’s UUIDv7.',
  },
  created_before_parent: { name: 'created before its parent', meaning: 'By more than two seconds.' },
};
export const turnOddityWords: WordsFor<TurnSelection['oddity']> = {
  duration_differs: {
    name: 'duration differs',
    meaning: 'The duration is more than two seconds from the time between start and end.',
  },
  starts_before_thread: { name: 'starts before its thread', meaning: 'By more than two seconds.' },
  cached_exceeds_input: {
    name: 'more cached than input',
    meaning: 'Cached input is part of input, so it cannot exceed it.',
  },
  reasoning_exceeds_output: {
    name: 'more reasoning than output',
    meaning: 'Reasoning output is part of output, so it cannot exceed it.',
  },
};

/** The reason for a repair, in every sentence about a repaired field. */
export const repairReason = 'of a wrong type or out of range';

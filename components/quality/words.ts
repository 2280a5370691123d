import type { ThreadSelection } from '@/lib/queries/quality/threads.ts';
import type { TurnSelection } from '@/lib/queries/quality/turns.ts';
import type { EventSelection } from '@/lib/queries/events.ts';

/** What a value of a selection is called, and what it means. */
export interface Words {
  readonly name: string;
  readonly meaning: string;
}
type WordsFor<T extends string | undefined> = Readonly<Record<NonNullable<T>, Words>>;

export const parentWords: WordsFor<ThreadSelection['parent']> = {
  reported: { name: 'reported', meaning: 'The thread’s own events name its parent.' },
  rollout: { name: 'rollout', meaning: 'The thread’s rollout names its parent.' },
  spawn: { name: 'spawn', meaning: 'The call that spawned it names it; no log of its own names its parent.' },
  review: { name: 'review', meaning: 'A guardian review names it; no log of its own names its parent.' },
  root: { name: 'root', meaning: 'It has no parent, and needs none.' },
  missing: { name: 'missing', meaning: 'A subagent or a guardian has a parent, but no log says which.' },
  cycle: { name: 'cycle', meaning: 'Its parents lead back to itself; the loop is cut here.' },
};
export const seenWords: WordsFor<ThreadSelection['seen']> = {
  initialized: { name: 'with its beginning', meaning: 'Its initialized event or its rollout is in the logs.' },
  active: { name: 'no beginning', meaning: 'Other events of its own are in the logs, its beginning is not.' },
  mentioned: { name: 'only mentioned', meaning: 'Only other threads’ events name it.' },
};
export const knownFromWords: WordsFor<ThreadSelection['knownFrom']> = {
  analytics: { name: 'analytics alone', meaning: 'Only analytics events know of it.' },
  rollout: { name: 'a rollout alone', meaning: 'Only a rollout knows of it.' },
  both: { name: 'both', meaning: 'Analytics events and a rollout know of it.' },
  neither: { name: 'neither', meaning: 'No log of its own is in.' },
};
export const creationWords: WordsFor<ThreadSelection['creation']> = {
  stated: { name: 'stated', meaning: 'A log states when it was created.' },
  inferred: { name: 'read from its id', meaning: 'No log states its creation; its id is a UUIDv7, which holds it.' },
  unknown: { name: 'unknown', meaning: 'No log states its creation, and its id does not hold it.' },
};
export const gapWords: WordsFor<TurnSelection['gap']> = {
  unreported: {
    name: 'without a turn event',
    meaning: 'Only other events name the turn: it has no outcome and is in no turn count.',
  },
  without_status: { name: 'without a status', meaning: 'The turn is reported, but not how it ended.' },
  without_usage: { name: 'without tokens', meaning: 'The turn is reported, but not what it used.' },
};
export const timeSourceWords: WordsFor<EventSelection['timeSource']> = {
  event: { name: 'event', meaning: 'A field of the event.' },
  envelope: { name: 'envelope', meaning: 'When the sink, the HAR file or the log line recorded it.' },
  turn: { name: 'turn', meaning: 'Its turn’s: read from the turn’s id, or the turn’s start.' },
  order: { name: 'order', meaning: 'Its neighbours’ in the log.' },
  import: { name: 'import', meaning: 'When it was imported: the whole log shows no time.' },
};
export const occurrenceWords: WordsFor<EventSelection['occurrence']> = {
  counted: { name: 'those that count', meaning: 'One occurrence of each event.' },
  repeated: { name: 'repeated', meaning: 'Occurrences that another one counts for.' },
  all: { name: 'all', meaning: 'Those that count and those that repeat them.' },
};

export const eventOddityWords: WordsFor<EventSelection['oddity']> = {
  ends_before_start: { name: 'ends before it starts', meaning: 'The event’s end lies before its start.' },
  in_the_future: { name: 'in the future', meaning: 'Its time is more than a day after its import.' },
  before_codex: { name: 'before Codex', meaning: 'Its time is before 2025, when no Codex logged events.' },
  clock_without_zone: {
    name: 'clock without a zone',
    meaning:
      'Its time is that of its log line, whose clock names no zone; how far that is from UTC was learnt from other events.',
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
    meaning: 'Cached input is a part of input, so it cannot be more.',
  },
  reasoning_exceeds_output: {
    name: 'more reasoning than output',
    meaning: 'Reasoning output is a part of output, so it cannot be more.',
  },
};

/** What is wrong with a field that was repaired, in every sentence about one. */
export const repairReason = 'of a wrong type or out of range';

import type { Approval, GuardianReview, TurnAnatomy } from '@/lib/queries/shapes.ts';
import { covered, type Span } from './spans.ts';

/** What a turn's duration is made of, in the order in which it mostly happens; `series` names its colour. */
export const anatomyParts = [
  {
    field: 'beforeFirstSamplingMs',
    name: 'before the first request',
    series: 'before',
    meaning: 'from the start of the turn to the first request to the model, without compaction',
  },
  { field: 'compactionMs', name: 'compaction', series: 'compaction', meaning: 'the context was compacted' },
  { field: 'samplingMs', name: 'sampling', series: 'sampling', meaning: 'the model was answering' },
  {
    field: 'toolBlockingMs',
    name: 'blocked by tools',
    series: 'tools',
    meaning: 'tools ran or waited for an approval, and nothing else went on',
  },
  {
    field: 'betweenSamplingOverheadMs',
    name: 'between requests',
    series: 'between',
    meaning: 'overhead between one answer and the next request',
  },
  {
    field: 'afterLastSamplingMs',
    name: 'after the last answer',
    series: 'after',
    meaning: 'from the last answer to the end of the turn',
  },
] as const satisfies ReadonlyArray<{
  readonly field: keyof TurnAnatomy;
  readonly name: string;
  readonly series: string;
  readonly meaning: string;
}>;

export interface AnatomyPart {
  readonly name: string;
  readonly series: string;
  readonly meaning: string;
  /** Null when the log does not say. */ readonly milliseconds: number | null;
}
export interface Anatomy {
  readonly parts: readonly AnatomyPart[];
  /** What is left of the duration, null when that is unknown; negative when the parts are more than it. */
  readonly rest: number | null;
  /** What the bar shows: the duration, or the sum of the parts where it is more or the duration unknown. */
  readonly whole: number;
}

/** The parts of a turn's duration, and what they leave of it. */
export function anatomyOf(anatomy: TurnAnatomy, durationMs: number | null): Anatomy {
  const parts = anatomyParts.map(({ field, ...part }) => ({ ...part, milliseconds: anatomy[field] }));
  const sum = parts.reduce((total, { milliseconds }) => total + (milliseconds ?? 0), 0);
  return { parts, rest: durationMs === null ? null : durationMs - sum, whole: Math.max(sum, durationMs ?? 0) };
}

/** How long a turn waited for people and for the guardian, in ms. */
export interface Waiting {
  readonly people: number;
  readonly guardian: number;
  /** Both; where they overlap, it counts once. */ readonly all: number;
}

/** The span of something that has a beginning and either an end or a length. */
function spanOf(startedAt: string | null, completedAt: string | null, milliseconds: number | null): Span[] {
  if (startedAt === null) return [];
  const from = Date.parse(startedAt);
  const to = milliseconds === null ? (completedAt === null ? null : Date.parse(completedAt)) : from + milliseconds;
  return to === null ? [] : [{ from, to }];
}

/** Waiting as approvals tell it, and reviews that have none: those of Codex before 0.131, and a rollout's. */
export function waitingOf(approvals: readonly Approval[], reviews: readonly GuardianReview[]): Waiting {
  const asked = (people: boolean): Span[] =>
    approvals
      .filter(({ reviewer }) => (reviewer === 'user') === people)
      .flatMap(({ startedAt, completedAt, durationMs }) => spanOf(startedAt, completedAt, durationMs));
  const withApproval = new Set(approvals.map(({ reviewId }) => reviewId));
  const people = asked(true);
  const guardian = [
    ...asked(false),
    ...reviews
      .filter(({ reviewId }) => !withApproval.has(reviewId))
      .flatMap(({ startedAt, completedAt, latencyMs }) => spanOf(startedAt, completedAt, latencyMs)),
  ];
  return { people: covered(people), guardian: covered(guardian), all: covered([...people, ...guardian]) };
}

import type { Approval, GuardianReview, TurnAnatomy } from '@/lib/queries/shapes.ts';
import { covered, type Span } from './spans.ts';

/** The parts of a turn's duration, in their usual order; `series` names the colour. */
export const anatomyParts = [
  {
    field: 'beforeFirstSamplingMs',
    name: 'Before the first request',
    series: 'before',
    meaning: 'From the start of the turn to the first model request, excluding compaction',
  },
  { field: 'compactionMs', name: 'Compaction', series: 'compaction', meaning: 'Compacting the context' },
  { field: 'samplingMs', name: 'Sampling', series: 'sampling', meaning: 'The model responds' },
  {
    field: 'toolBlockingMs',
    name: 'Blocked by tools',
    series: 'tools',
    meaning: 'Tools run or wait for approval, and nothing else runs',
  },
  {
    field: 'betweenSamplingOverheadMs',
    name: 'Between requests',
    series: 'between',
    meaning: 'Overhead between a response and the next request',
  },
  {
    field: 'afterLastSamplingMs',
    name: 'After the last response',
    series: 'after',
    meaning: 'From the last response to the end of the turn',
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
  /** The rest of the duration, null when that is unknown; negative when the parts are more than it. */
  readonly rest: number | null;
  /** The length of the bar: the duration, or the sum of the parts where it is more or the duration is unknown. */
  readonly whole: number;
}

/** Returns the parts of a turn's duration, and the rest of it. */
export function anatomyOf(anatomy: TurnAnatomy, durationMs: number | null): Anatomy {
  const parts = anatomyParts.map(({ field, ...part }) => ({ ...part, milliseconds: anatomy[field] }));
  const sum = parts.reduce((total, { milliseconds }) => total + (milliseconds ?? 0), 0);
  return { parts, rest: durationMs === null ? null : durationMs - sum, whole: Math.max(sum, durationMs ?? 0) };
}

/** The time that a turn waited for people and for the guardian, in ms. */
export interface Waiting {
  readonly people: number;
  readonly guardian: number;
  /** Both; overlaps count once. */ readonly all: number;
}

/** Returns the span of something that has a beginning and either an end or a length. */
function spanOf(startedAt: string | null, completedAt: string | null, milliseconds: number | null): Span[] {
  if (startedAt === null) return [];
  const from = Date.parse(startedAt);
  const to = milliseconds === null ? (completedAt === null ? null : Date.parse(completedAt)) : from + milliseconds;
  return to === null ? [] : [{ from, to }];
}

/**
 * Returns the waiting that approvals tell, and reviews without an approval: those of Codex before 0.131, and a
 * rollout's.
 */
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

import type { ThreadKind } from '@/lib/filter-url.ts';
import type { GuardianCounts, HookCounts } from '@/lib/queries/shapes.ts';

/** The meanings of a status; each has one colour (`--tone-…`), one mark and one chart pattern, everywhere. */
export const tones = ['good', 'failure', 'refusal', 'ended', 'late', 'cancelled', 'unknown'] as const;
export type Tone = (typeof tones)[number];
/** Small drawings: of statuses, and of the kinds of threads. */
export type Mark = 'check' | 'cross' | 'lock' | 'slash' | 'square' | 'clock' | 'pause' | 'question' | ThreadKind;

/** Returns the id of the element that draws a mark within the page. */
export const markId = (mark: string): string => `mark-${mark}`;
export const markAddress = (mark: Mark): string => `#${markId(mark)}`;

export interface StatusLook {
  readonly label: string;
  readonly tone: Tone;
  readonly mark: Mark;
  readonly meaning: string;
}

/** Every status of turns, compactions, hook runs, guardian reviews, tool calls and approvals (`docs/semantics.md`). */
const looks = {
  completed: { label: 'completed', tone: 'good', mark: 'check', meaning: 'it finished' },
  approved: { label: 'approved', tone: 'good', mark: 'check', meaning: 'it was allowed' },
  failed: {
    label: 'failed',
    tone: 'failure',
    mark: 'cross',
    meaning: 'it broke; a failed hook does not stop the tool',
  },
  failed_closed: {
    label: 'failed closed',
    tone: 'failure',
    mark: 'lock',
    meaning: 'the guardian could not review, so the action did not run',
  },
  blocked: { label: 'blocked', tone: 'refusal', mark: 'slash', meaning: 'the hook blocked the action' },
  denied: { label: 'denied', tone: 'refusal', mark: 'slash', meaning: 'it was judged unsafe' },
  rejected: { label: 'rejected', tone: 'refusal', mark: 'slash', meaning: 'it was not allowed to run' },
  stopped: { label: 'stopped', tone: 'ended', mark: 'square', meaning: 'the hook ended the turn' },
  timed_out: { label: 'timed out', tone: 'late', mark: 'clock', meaning: 'no response in time' },
  interrupted: { label: 'interrupted', tone: 'cancelled', mark: 'pause', meaning: 'it was cut short' },
  aborted: { label: 'aborted', tone: 'cancelled', mark: 'pause', meaning: 'it was cancelled' },
} as const satisfies Record<string, StatusLook>;
export type KnownStatus = keyof typeof looks;

const table: ReadonlyMap<string, StatusLook> = new Map(Object.entries(looks));
/** Returns the look of a status. A value that this version of Dendro does not know keeps its own name. */
export const statusLook = (status: string | null): StatusLook =>
  (status === null ? undefined : table.get(status)) ?? {
    label: status ?? 'unknown',
    tone: 'unknown',
    mark: 'question',
    meaning: status === null ? 'not in the log' : 'a status unknown to Dendro',
  };

export const turnStatuses = ['completed', 'failed', 'interrupted'] as const satisfies readonly KnownStatus[];
export const compactionStatuses = ['completed', 'failed', 'interrupted'] as const satisfies readonly KnownStatus[];
export const hookStatuses = ['completed', 'failed', 'blocked', 'stopped'] as const satisfies readonly KnownStatus[];
export const guardianStatuses = [
  'approved',
  'denied',
  'failed_closed',
  'timed_out',
  'aborted',
] as const satisfies readonly KnownStatus[];

export interface StatusCount {
  readonly status: KnownStatus;
  readonly count: number;
}
export const hookOutcomes = (counts: HookCounts): readonly StatusCount[] =>
  hookStatuses.map((status) => ({ status, count: counts[status] }));
export const guardianOutcomes = ({
  approved,
  denied,
  failedClosed,
  timedOut,
  aborted,
}: GuardianCounts): readonly StatusCount[] => [
  { status: 'approved', count: approved },
  { status: 'denied', count: denied },
  { status: 'failed_closed', count: failedClosed },
  { status: 'timed_out', count: timedOut },
  { status: 'aborted', count: aborted },
];

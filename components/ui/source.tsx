import type { HookCounts, Source } from '@/lib/queries/shapes.ts';
import type { Sources } from '@/lib/queries/sources.ts';
import { Badge } from './badge';
import { OutcomeBar } from './outcome-bar';
import { Unknown } from './quantity';
import { Spoken } from './spoken';
import { hookOutcomes } from './status';
import { StatusCounts } from './status-counts';
import classes from './quantity.module.css';

const looks = {
  analytics: { label: 'analytics', meaning: 'Analytics events say it.' },
  rollout: { label: 'rollout', meaning: 'A rollout says it.' },
  both: {
    label: 'both',
    meaning:
      'Analytics events and a rollout say it: where both do, analytics counts, and the rollout fills in the rest.',
  },
} as const;

/** Which kinds of log a row comes from, in a word. */
export function SourceBadge({ sources }: { readonly sources: readonly Source[] }) {
  const [first, second] = sources;
  if (first === undefined) return <Unknown reason="No log of its own is in: only other threads’ logs name it." />;
  const { label, meaning } = looks[second === undefined ? first : 'both'];
  return <Badge meaning={meaning}>{label}</Badge>;
}

/** Why figures that only analytics has are not there (`docs/semantics.md`, "Sources"). */
export const noHookRuns = 'Rollouts do not record hook runs; analytics events do.';
export const completedOnly =
  'Rollouts record completed compactions only; analytics events have those that failed or were interrupted.';

/** Whether figures come from rollouts alone. */
export const fromRolloutsAlone = ({ analytics, rollout }: Sources): boolean =>
  analytics.events === 0 && rollout.events > 0;

/** A figure that the logs cannot have, which is not zero. `short` is for where there is no room for words. */
export function NotInLogs({ reason, short = false }: { readonly reason: string; readonly short?: boolean }) {
  return (
    <span className={classes.unknown} title={`Not in these logs. ${reason}`}>
      {short ? (
        <>
          —<Spoken> not in these logs</Spoken>
        </>
      ) : (
        'not in these logs'
      )}
    </span>
  );
}

/** The outcomes of the hook runs of a thread or a turn; one that only its rollout tells of has none to count. */
export function HookRunCounts({
  sources,
  hooks,
  as = 'counts',
}: {
  readonly sources: readonly Source[];
  readonly hooks: HookCounts;
  readonly as?: 'counts' | 'bar';
}) {
  const outcomes = hookOutcomes(hooks);
  const untold =
    sources.includes('rollout') && !sources.includes('analytics') && outcomes.every(({ count }) => count === 0);
  if (untold) return <NotInLogs reason={noHookRuns} short />;
  return as === 'bar' ? (
    <OutcomeBar outcomes={outcomes} noun="hook run" />
  ) : (
    <StatusCounts outcomes={outcomes} noun="hook run" />
  );
}

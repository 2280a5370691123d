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
  analytics: { label: 'analytics', meaning: 'From analytics events.' },
  rollout: { label: 'rollout', meaning: 'From a rollout.' },
  both: {
    label: 'both',
    meaning: 'From analytics events and a rollout. Analytics takes precedence; the rollout fills in the rest.',
  },
} as const;

/** Shows the kinds of log that a row comes from, in a word. */
export function SourceBadge({ sources }: { readonly sources: readonly Source[] }) {
  const [first, second] = sources;
  if (first === undefined) return <Unknown reason="Its own log is not imported; only other threads’ logs name it." />;
  const { label, meaning } = looks[second === undefined ? first : 'both'];
  return <Badge meaning={meaning}>{label}</Badge>;
}

/** The explanation for missing figures that only analytics has (`docs/semantics.md`, "Sources"). */
export const noHookRuns = 'Rollouts don’t record hook runs; analytics events do.';
export const noResumptions = 'Rollouts don’t record when a thread was resumed; analytics events do.';
export const completedOnly =
  'Rollouts record completed compactions only; analytics events also record failed and interrupted ones.';

/** True when figures come from rollouts alone. */
export const fromRolloutsAlone = ({ analytics, rollout }: Sources): boolean =>
  analytics.events === 0 && rollout.events > 0;

/** Shows that the logs cannot have a figure, which is not zero. `short` is for where there is no room for words. */
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

/** Shows the outcomes of the hook runs of a thread or a turn; without analytics there are none to count. */
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

import type { UrlParameters } from '@/lib/parameters.ts';
import type { Sources } from '@/lib/queries/sources.ts';
import { NoMatch } from './no-match';
import { Notice } from './notice';
import { fromRolloutsAlone, noHookRuns } from './source';

/** Says why there are no hook runs: there are none, or these logs cannot have any. */
export function NoHookRuns({
  sources,
  kept,
  clear,
}: {
  readonly sources: Sources;
  readonly kept: UrlParameters;
  readonly clear: string;
}) {
  return fromRolloutsAlone(sources) ? (
    <Notice kind="empty" title="Hook runs are not in these logs.">
      {noHookRuns}
    </Notice>
  ) : (
    <NoMatch what="hook runs" kept={kept} clear={clear} />
  );
}

import { pluralize, formatInteger } from '@/components/formats';
import { eventAddress } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { noHookRuns } from '@/components/ui/source';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { HookRun, Turn } from '@/lib/queries/shapes.ts';
import classes from './turn.module.css';

const mostShown = 200;

/** Shows the hook runs of a turn in the order of the log. */
export function TurnHooks({
  turn: { sources },
  runs,
  kept,
}: {
  readonly turn: Turn;
  readonly runs: readonly HookRun[];
  readonly kept: UrlParameters;
}) {
  if (runs.length === 0)
    return sources.includes('analytics') ? (
      <Notice kind="empty" title="No hook ran." />
    ) : (
      <Notice kind="empty" title="Hook runs are not in these logs.">
        {noHookRuns}
      </Notice>
    );
  return (
    <>
      <DataTable
        caption="Hook runs in the turn"
        head={
          <tr>
            <Head>Hook event</Head>
            <Head>Outcome</Head>
            <Head>Source</Head>
            <Head>Handler</Head>
            <Head>Mode</Head>
            <Head>Event</Head>
          </tr>
        }
      >
        {runs.slice(0, mostShown).map((run) => (
          <tr key={run.eventId}>
            <Cell>
              <TextValue value={run.hookName} />
            </Cell>
            <Cell>
              <StatusLabel status={run.status} />
            </Cell>
            <Cell>
              <TextValue value={run.hookSource} />
            </Cell>
            <Cell>
              <TextValue value={run.handlerType} />
            </Cell>
            <Cell>
              <TextValue value={run.executionMode} />
            </Cell>
            <Cell>
              <TextLink href={eventAddress(run.eventId, kept)}>JSON</TextLink>
            </Cell>
          </tr>
        ))}
      </DataTable>
      <p className={classes.note}>
        {runs.length > mostShown
          ? `Showing the first ${formatInteger(mostShown)} of ${pluralize(runs.length, 'hook run')}. `
          : ''}
        In log order. Codex does not log a hook’s time, script or tool call. Only a rollout shows a call that a
        PreToolUse hook blocked.
      </p>
    </>
  );
}

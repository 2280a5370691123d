'use client';

import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { EventTime } from '@/components/ui/event-time';
import { RecordPlace, RecordPlaceHeads, type ThreadNames } from '@/components/ui/record-place';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { HookRun } from '@/lib/queries/shapes.ts';

/** Hook runs one by one. */
export function HookRunTable({
  runs,
  names,
  kept,
}: {
  readonly runs: readonly HookRun[];
  readonly names: ThreadNames;
  readonly kept: UrlParameters;
}) {
  return (
    <DataTable
      caption="Hook runs"
      head={
        <tr>
          <Head>Time (UTC)</Head>
          <Head>Status</Head>
          <Head>Hook event</Head>
          <Head>Source</Head>
          <Head>Handler</Head>
          <Head>Mode</Head>
          <Head>Model</Head>
          <RecordPlaceHeads />
        </tr>
      }
    >
      {runs.map((run) => (
        <tr key={run.eventId}>
          <Cell>
            <EventTime time={run.time} source={run.timeSource} />
          </Cell>
          <Cell>
            <StatusLabel status={run.status} />
          </Cell>
          <Cell>
            <TextValue value={run.hookName} />
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
            <TextValue value={run.model} />
          </Cell>
          <RecordPlace {...run} names={names} kept={kept} />
        </tr>
      ))}
    </DataTable>
  );
}

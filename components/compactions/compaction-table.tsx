'use client';

import { Cell, DataTable, Head, Remark, Within } from '@/components/ui/data-table';
import { Duration, Time, Tokens } from '@/components/ui/quantity';
import { RecordPlace, RecordPlaceHeads, type ThreadNames } from '@/components/ui/record-place';
import { SourceBadge } from '@/components/ui/source';
import { StatusLabel } from '@/components/ui/status-mark';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Compaction } from '@/lib/queries/shapes.ts';
import { Placed, Refill, StormBadge, TokensBefore, TokensSaved } from './compaction-values';

/** Compactions one by one. */
export function CompactionTable({
  compactions,
  names,
  kept,
}: {
  readonly compactions: readonly Compaction[];
  readonly names: ThreadNames;
  readonly kept: UrlParameters;
}) {
  return (
    <DataTable
      caption="Compactions"
      head={
        <tr>
          <Head>Time (UTC)</Head>
          <Head>Status</Head>
          <Head title="What started it, with the reason below">Trigger</Head>
          <Head title="When in the turn, with the implementation below">Phase</Head>
          <Head figure>Before</Head>
          <Head figure>After</Head>
          <Head figure title="Before minus after, completed compactions only">
            Saved
          </Head>
          <Head figure title="When the context refilled to its previous level">
            Refilled
          </Head>
          <Head figure>Duration</Head>
          <Head>Source</Head>
          <RecordPlaceHeads />
        </tr>
      }
    >
      {compactions.map((compaction) => (
        <tr key={compaction.eventId}>
          <Cell>
            <Time iso={compaction.startedAt ?? compaction.completedAt} as="short" />
          </Cell>
          <Cell>
            <StatusLabel status={compaction.status} />
            <StormBadge compaction={compaction} />
            {compaction.errorKind === null ? null : <Remark>{compaction.errorKind}</Remark>}
          </Cell>
          <Cell>
            <Placed compaction={compaction} field="trigger" />
            {compaction.reason === null ? null : <Remark>{compaction.reason}</Remark>}
          </Cell>
          <Cell>
            <Placed compaction={compaction} field="phase" />
            {compaction.implementation === null ? null : <Remark>{compaction.implementation}</Remark>}
          </Cell>
          <Cell figure>
            <TokensBefore compaction={compaction} />
          </Cell>
          <Cell figure>
            <Tokens value={compaction.tokensAfter} exact />
          </Cell>
          <Cell figure>
            <TokensSaved compaction={compaction} />
          </Cell>
          <Cell figure>
            <Within rem={4.25}>
              <Refill compaction={compaction} />
            </Within>
          </Cell>
          <Cell figure>
            <Duration milliseconds={compaction.durationMs} />
          </Cell>
          <Cell>
            <SourceBadge sources={[compaction.source]} />
          </Cell>
          <RecordPlace {...compaction} names={names} kept={kept} />
        </tr>
      ))}
    </DataTable>
  );
}

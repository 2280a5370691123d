import { formatShare } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Duration, Unknown } from '@/components/ui/quantity';
import type { CriticalPath } from '@/lib/queries/shapes.ts';
import { Exact } from './exact';
import classes from './turn.module.css';

const lines = [
  { field: 'inferenceMs', name: 'Inference', within: false, meaning: 'Model requests' },
  { field: 'samplingMs', name: 'Sampling', within: true, meaning: 'Requests for a response' },
  { field: 'compactionMs', name: 'Compaction', within: true, meaning: 'Requests to compact the context' },
  { field: 'toolsMs', name: 'Tools', within: false, meaning: 'Running tools' },
  { field: 'userWaitMs', name: 'Waiting for a person', within: false, meaning: 'Waiting for approval' },
  { field: 'autoReviewMs', name: 'Automatic review', within: false, meaning: 'Waiting for the guardian' },
  {
    field: 'autoReviewOverheadMs',
    name: 'Review overhead',
    within: true,
    meaning: 'Time around the guardian’s own work',
  },
  { field: 'overheadMs', name: 'Overhead', within: false, meaning: 'Codex itself' },
  { field: 'unknownMs', name: 'Unattributed', within: false, meaning: 'Time that Codex could not attribute' },
] as const satisfies ReadonlyArray<{
  readonly field: keyof CriticalPath;
  readonly name: string;
  readonly within: boolean;
  readonly meaning: string;
}>;

/** Shows the work that the duration depended on, as Codex followed it: of one turn, or summed over several. */
export function CriticalPathTable({ path, caption }: { readonly path: CriticalPath; readonly caption: string }) {
  const { durationMs } = path;
  return (
    <DataTable
      caption={caption}
      head={
        <tr>
          <Head>Part</Head>
          <Head figure>Duration</Head>
          <Head figure>Exact</Head>
          <Head figure>Share</Head>
          <Head>Description</Head>
        </tr>
      }
    >
      {lines.map(({ field, name, within, meaning }) => (
        <tr key={field}>
          <Cell>
            <span className={within ? classes.within : undefined}>{name}</span>
          </Cell>
          <Cell figure>
            <Duration milliseconds={path[field]} />
          </Cell>
          <Cell figure>
            <Exact milliseconds={path[field]} />
          </Cell>
          <Cell figure>
            {path[field] === null || durationMs === null ? <Unknown /> : formatShare(path[field], durationMs)}
          </Cell>
          <Cell>{meaning}</Cell>
        </tr>
      ))}
      <tr>
        <Cell>
          <strong>Total</strong>
        </Cell>
        <Cell figure>
          <Duration milliseconds={durationMs} />
        </Cell>
        <Cell figure>
          <Exact milliseconds={durationMs} />
        </Cell>
        <Cell figure />
        <Cell>
          {path.status === null || path.status === 'complete' ? 'Tracked to the end' : `Status ${path.status}`}
        </Cell>
      </tr>
    </DataTable>
  );
}

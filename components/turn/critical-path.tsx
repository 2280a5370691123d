import { formatShare } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Duration, Unknown } from '@/components/ui/quantity';
import type { CriticalPath } from '@/lib/queries/shapes.ts';
import { Exact } from './exact';
import classes from './turn.module.css';

const lines = [
  { field: 'inferenceMs', name: 'inference', within: false, meaning: 'the model was asked' },
  { field: 'samplingMs', name: 'of it, sampling', within: true, meaning: 'for its answers' },
  { field: 'compactionMs', name: 'of it, compaction', within: true, meaning: 'to compact the context' },
  { field: 'toolsMs', name: 'tools', within: false, meaning: 'tools ran' },
  { field: 'userWaitMs', name: 'waiting for people', within: false, meaning: 'for their approval' },
  { field: 'autoReviewMs', name: 'automatic review', within: false, meaning: 'for the guardian' },
  { field: 'autoReviewOverheadMs', name: 'of it, overhead', within: true, meaning: 'around the guardian’s own work' },
  { field: 'overheadMs', name: 'overhead', within: false, meaning: 'Codex itself' },
  { field: 'unknownMs', name: 'unknown to Codex', within: false, meaning: 'Codex could not tell' },
] as const satisfies ReadonlyArray<{
  readonly field: keyof CriticalPath;
  readonly name: string;
  readonly within: boolean;
  readonly meaning: string;
}>;

/** What the duration depended on, as Codex followed it: of one turn, or summed over several. */
export function CriticalPathTable({ path, caption }: { readonly path: CriticalPath; readonly caption: string }) {
  const { durationMs } = path;
  return (
    <DataTable
      caption={caption}
      head={
        <tr>
          <Head>On the critical path</Head>
          <Head figure>Took</Head>
          <Head figure>Exactly</Head>
          <Head figure>Share</Head>
          <Head>What it is</Head>
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
          <strong>in all</strong>
        </Cell>
        <Cell figure>
          <Duration milliseconds={durationMs} />
        </Cell>
        <Cell figure>
          <Exact milliseconds={durationMs} />
        </Cell>
        <Cell figure />
        <Cell>
          {path.status === null || path.status === 'complete' ? 'followed to its end' : `status ${path.status}`}
        </Cell>
      </tr>
    </DataTable>
  );
}

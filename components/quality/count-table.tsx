import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { LinkedCount } from './linked-count';
import type { Words } from './words';

export interface CountRow {
  readonly group: string;
  readonly words: Words;
  readonly count: number;
  readonly href: string;
}

/** Shows the number of records for each answer to a question about them. */
export function CountTable({
  caption,
  head,
  unit,
  rows,
}: {
  readonly caption: string;
  readonly head: string;
  readonly unit: string;
  readonly rows: readonly CountRow[];
}) {
  return (
    <DataTable
      caption={caption}
      head={
        <tr>
          <Head>Property</Head>
          <Head>Value</Head>
          <Head figure>{head}</Head>
        </tr>
      }
    >
      {rows.map(({ group, words: { name, meaning }, count, href }, index) => (
        <tr key={`${group} ${name}`}>
          <Cell>{rows[index - 1]?.group === group ? null : group}</Cell>
          <Cell>
            <span title={meaning}>{name}</span>
          </Cell>
          <Cell figure>
            <LinkedCount value={count} unit={unit} href={href} />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

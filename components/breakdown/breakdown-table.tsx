import type { ReactNode } from 'react';
import { pluralize } from '@/components/formats';
import { address } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { dimensionNames, isSelected, keyParameters, valueText, type AnyDimension, type Key } from './dimensions';
import classes from './breakdown.module.css';

/**
 * A column of figures. One that counts only some of the group's records says which, and links to them when there are
 * any.
 */
export interface Measure<G> {
  readonly name: string;
  readonly title?: string;
  readonly cell: (group: G) => ReactNode;
  readonly counts?: { readonly of: (group: G) => number; readonly selects: UrlParameters };
}
interface BreakdownTableProps<G, D extends AnyDimension> {
  readonly caption: string;
  readonly path: string;
  /** The parameters that every link keeps: the filter and the dimensions. */
  readonly kept: readonly UrlParameters[];
  readonly by: readonly D[];
  /** The largest ones, the number of others, and all of them as one. */
  readonly groups: readonly G[];
  readonly more: number;
  readonly all: G;
  readonly measures: ReadonlyArray<Measure<G>>;
  readonly selection: Key;
}

/**
 * Shows groups of records with their figures; each row, and each figure that counts some of its records, links to their
 * list.
 */
export function BreakdownTable<
  D extends AnyDimension,
  G extends { readonly key: { readonly [K in D]?: string | null | undefined } },
>({ caption, path, kept, by, groups, more, all, measures, selection }: BreakdownTableProps<G, D>) {
  const names = by.length > 0 ? by : null;
  return (
    <DataTable
      caption={caption}
      head={
        <tr>
          {names?.map((dimension) => <Head key={dimension}>{dimensionNames[dimension]}</Head>) ?? <Head>all</Head>}
          {measures.map(({ name, title }) => (
            <Head key={name} figure {...(title === undefined ? {} : { title })}>
              {name}
            </Head>
          ))}
        </tr>
      }
    >
      {groups.map((group) => {
        const segment = keyParameters(group.key, by);
        const to = (more: UrlParameters): string => `${address(path, ...kept, segment, more)}#records`;
        return (
          <tr
            key={JSON.stringify(segment)}
            className={isSelected(group.key, by, selection) ? classes.selected : undefined}
          >
            {names?.map((dimension) => (
              <Cell key={dimension}>
                <TextLink href={to({})}>{valueText(group.key[dimension])}</TextLink>
              </Cell>
            )) ?? (
              <Cell>
                <TextLink href={to({})}>all</TextLink>
              </Cell>
            )}
            {measures.map(({ name, cell, counts }) => (
              <Cell key={name} figure>
                {counts === undefined || counts.of(group) === 0 ? (
                  cell(group)
                ) : (
                  <TextLink href={to(counts.selects)}>{cell(group)}</TextLink>
                )}
              </Cell>
            ))}
          </tr>
        );
      })}
      {more === 0 ? null : (
        <tr>
          <Cell>all, including {pluralize(more, 'smaller group')}</Cell>
          {names?.slice(1).map((dimension) => (
            <Cell key={dimension} />
          ))}
          {measures.map(({ name, cell }) => (
            <Cell key={name} figure>
              {cell(all)}
            </Cell>
          ))}
        </tr>
      )}
    </DataTable>
  );
}

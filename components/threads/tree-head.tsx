import { memo } from 'react';
import { TextLink } from '@/components/ui/text-link';
import { treeColumns, type ColumnId } from './columns';
import type { OutlineSort, OutlineSortField } from '@/lib/queries/outline/sorts.ts';
import classes from './tree.module.css';

/** Fields that sort smallest first on the first click; figures and times sort largest first. */
const ascendingFirst: ReadonlySet<OutlineSortField> = new Set([
  'title',
  'kind',
  'model',
  'client',
  'codexVersion',
  'cwd',
]);
const orderOf = (sort: OutlineSort, field: OutlineSortField): 'ascending' | 'descending' | null =>
  sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : null;

interface TreeHeadProps {
  readonly columns: readonly ColumnId[];
  readonly sort: OutlineSort;
  readonly sortAddress: (sort: OutlineSort) => string;
}

/** Shows the heads of the columns; those that can sort are links. Scrolling does not draw them again. */
export const TreeHead = memo(function TreeHead({ columns, sort, sortAddress }: TreeHeadProps) {
  const headings = [
    { id: 'name', figure: false, lines: [{ name: 'Thread', sort: 'title' as const }] },
    ...columns.map((id) => ({ id, figure: treeColumns[id].figure ?? false, lines: treeColumns[id].headings })),
  ];
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.heads}>
        {headings.map(({ id, figure, lines }) => {
          const order = lines
            .map((line) => (line?.sort === undefined ? null : orderOf(sort, line.sort)))
            .find((found) => found !== null);
          return (
            <div
              key={id}
              role="columnheader"
              className={id === 'name' ? classes.first : figure ? classes.figure : classes.cell}
              {...(order ? { 'aria-sort': order } : {})}
            >
              {lines.map((line, place) =>
                line === undefined ? null : (
                  <Heading key={line.name} first={place === 0} {...line} sorted={sort} sortAddress={sortAddress} />
                ),
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
});

interface HeadingProps extends Pick<TreeHeadProps, 'sortAddress'> {
  readonly first: boolean;
  readonly name: string;
  readonly sort?: OutlineSortField;
  readonly title?: string;
  readonly sorted: OutlineSort;
}

function Heading({ first, name, sort, title, sorted, sortAddress }: HeadingProps) {
  const look = first ? undefined : classes.second;
  if (sort === undefined)
    return (
      <span className={look} title={title}>
        {name}
      </span>
    );
  const order = orderOf(sorted, sort);
  const next =
    order === null
      ? ascendingFirst.has(sort)
        ? sort
        : (`-${sort}` as const)
      : order === 'ascending'
        ? (`-${sort}` as const)
        : sort;
  return (
    <TextLink
      className={look}
      scroll={false}
      href={sortAddress(next)}
      title={title}
      aria-current={order === null ? undefined : 'true'}
      data-sort={sort}
    >
      {name}
      {order === null ? null : <span aria-hidden="true">{order === 'ascending' ? ' ↑' : ' ↓'}</span>}
    </TextLink>
  );
}

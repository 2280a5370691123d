import { memo } from 'react';
import { pluralize, formatInteger } from '@/components/formats';
import { FoldButton } from '@/components/ui/fold-button';
import { Spoken } from '@/components/ui/spoken';
import type { UrlParameters } from '@/lib/parameters.ts';
import { treeColumns, type ColumnId } from './columns';
import { GroupName } from './group-name';
import type { Row } from './rows';
import type { Line } from './tree';
import { TreeName } from './tree-name';
import classes from './tree.module.css';

/**
 * Deeper rows are not indented further (`tree.module.css`), or they would leave the table; their depth is printed
 * instead.
 */
export const mostIndented = 6;

interface TreeRowProps {
  readonly index: number;
  /** Its distance below the first row, in pixels. */
  readonly top: number;
  readonly line: Line | null;
  /** Undefined while it is being read or waits to be drawn. */
  readonly row: Row | null | undefined;
  readonly columns: readonly ColumnId[];
  readonly kept: UrlParameters;
  readonly flat: boolean;
  /** True for the row that the Tab key reaches. */
  readonly reached: boolean;
  readonly found: 'no' | 'found' | 'current';
  /** The search text; empty when the row is no match. */
  readonly text: string;
}

/**
 * Shows one row of the tree; a row without data is almost nothing, because many of them fly past. The tree handles keys
 * and clicks: it finds the row by its `data-index`.
 */
export const TreeRow = memo(function TreeRow({
  index,
  top,
  line,
  row,
  columns,
  kept,
  flat,
  reached,
  found,
  text,
}: TreeRowProps) {
  const depth = line?.depth ?? 0;
  return (
    <div
      role="row"
      className={classes.row}
      style={{ top }}
      tabIndex={reached ? 0 : -1}
      data-index={index}
      data-found={found === 'no' ? undefined : found}
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      {...(line === null
        ? {}
        : { 'aria-posinset': line.place, 'aria-setsize': line.siblings, 'data-matches': line.matches })}
      {...(line?.expandable ? { 'aria-expanded': line.unfolded } : {})}
      {...(line?.matches === false ? { title: 'Doesn’t match the filter, but a descendant does.' } : {})}
      {...(row === undefined ? { 'aria-busy': true } : {})}
    >
      <div role="gridcell" className={classes.first} data-level={Math.min(depth, mostIndented)}>
        <FoldButton unfolded={line?.expandable ? line.unfolded : null} />
        {depth > mostIndented ? (
          <span className={classes.depth} title={`${pluralize(depth, 'level')} below the root`}>
            <Spoken>depth </Spoken>
            {formatInteger(depth)}
          </span>
        ) : null}
        <Name row={row} kept={kept} flat={flat} inner={reached ? 0 : -1} text={text} />
      </div>
      {row === undefined
        ? null
        : columns.map((id) => {
            const { cell, group, figure } = treeColumns[id];
            const lines =
              row?.kind === 'thread'
                ? cell(row.thread)
                : row?.kind === 'guardians'
                  ? group?.(row.guardians)
                  : undefined;
            return (
              <div key={id} role="gridcell" className={figure ? classes.figure : classes.cell}>
                {lines?.first}
                {lines?.second === undefined || lines.second === null ? null : (
                  <span className={classes.second}>{lines.second}</span>
                )}
              </div>
            );
          })}
    </div>
  );
});

function Name({
  row,
  kept,
  flat,
  inner,
  text,
}: {
  readonly row: Row | null | undefined;
  readonly kept: UrlParameters;
  readonly flat: boolean;
  readonly inner: 0 | -1;
  readonly text: string;
}) {
  if (row === undefined) return null;
  if (row === null) return <span className={classes.quiet}>This thread no longer exists.</span>;
  return row.kind === 'thread' ? (
    <TreeName thread={row.thread} kept={kept} inner={inner} text={text} />
  ) : (
    <GroupName guardians={row.guardians} kept={kept} flat={flat} inner={inner} />
  );
}

'use client';

import { useState } from 'react';
import { pluralize, formatInteger } from '@/components/formats';
import { Button } from '@/components/ui/button';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { StatusLabel } from '@/components/ui/status-mark';
import { describe, hasOutcome, threadName, type Telling } from './describe';
import type { Item } from './items';
import type { Scene } from './scene';
import type { Tables } from './tables';
import classes from './details.module.css';

const pageSize = 100;

/**
 * Shows everything on the lanes as a table, lane after lane, each in order of time, and then the items without a time.
 */
export function RunTable({
  scene,
  tables,
  telling,
  selected,
  onSelect,
}: {
  readonly scene: Scene;
  readonly tables: Tables;
  readonly telling: Telling;
  readonly selected: Item | null;
  readonly onSelect: (item: Item) => void;
}) {
  const [open, setOpen] = useState(false);
  const [start, setStart] = useState(0);
  const all = open ? [...scene.items.all, ...scene.timeless] : [];
  const total = scene.items.all.length + scene.timeless.length;
  return (
    <details className={classes.table} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as a table</summary>
      {open ? (
        <>
          <p className={classes.pages}>
            {formatInteger(start + 1)} to {formatInteger(Math.min(start + pageSize, total))} of{' '}
            {pluralize(total, 'row')}
            {scene.timeless.length > 0 ? `, ${pluralize(scene.timeless.length, 'row')} without a time at the end` : ''}
            {start > 0 ? <Button onClick={() => setStart(Math.max(start - pageSize, 0))}>Previous</Button> : null}
            {start + pageSize < total ? <Button onClick={() => setStart(start + pageSize)}>Next</Button> : null}
          </p>
          <DataTable
            caption="Timeline items"
            head={
              <tr>
                <Head>Thread</Head>
                <Head>Item</Head>
                <Head>Outcome</Head>
                <Head>Time</Head>
                <Head>Details</Head>
                <Head>Select</Head>
              </tr>
            }
          >
            {all.slice(start, start + pageSize).map((item) => {
              const { what, when, lines } = describe(tables, item, telling);
              return (
                <tr key={`${item.kind} ${item.record}`} aria-current={item === selected || undefined}>
                  <Cell>{threadName(tables, item.lane)}</Cell>
                  <Cell>{what}</Cell>
                  <Cell>{hasOutcome(item.kind) ? <StatusLabel status={item.status} /> : null}</Cell>
                  <Cell>{when}</Cell>
                  <Cell>{lines.join('; ')}</Cell>
                  <Cell>
                    <button
                      type="button"
                      className={classes.textButton}
                      onClick={() => onSelect(item)}
                      aria-label={`Select ${what}`}
                    >
                      Select
                    </button>
                  </Cell>
                </tr>
              );
            })}
          </DataTable>
        </>
      ) : null}
    </details>
  );
}

'use client';

import { useOptimistic, useState, useTransition } from 'react';
import { pluralize } from '@/components/formats';
import { Chip, Chips } from '@/components/ui/chip';
import { Dropdown, Option, Options } from '@/components/ui/dropdown';
import { KeyHelp } from '@/components/ui/key-help';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { GuardianLayout, Layout, TreeOutcome } from '@/lib/queries/outline/shapes.ts';
import { columnIds, columnName, usualColumns, type ColumnId } from './columns';
import { DepthChoice } from './depth-choice';
import { outcomeNames, outcomes } from './outcome-names';
import type { Pages } from './tree';
import { treeKeyGroups } from './tree-key-groups';
import { TreeSearch, type TreeSearchProps } from './tree-search';
import classes from './tree-bar.module.css';

interface TreeBarProps extends Omit<TreeSearchProps, 'onKeys'> {
  readonly size: Pages;
  readonly arranged: {
    readonly layout: Layout;
    readonly guardians: GuardianLayout;
    readonly trees: readonly TreeOutcome[];
  };
  /** Returns the address of this page with a change. */
  readonly here: (change: UrlParameters) => string;
  readonly columns: readonly ColumnId[];
  readonly onColumns: (columns: readonly ColumnId[]) => void;
  readonly deepest: number | null;
  readonly unfoldedTo: number | null;
  readonly onUnfoldTo: (depth: number) => void;
  readonly onTrees: (trees: readonly TreeOutcome[]) => void;
}

/** Shows the actions on the tree as a whole, and its size. */
export function TreeBar({
  size,
  arranged: { layout, guardians, trees },
  here,
  columns,
  onColumns,
  deepest,
  unfoldedTo,
  onUnfoldTo,
  onTrees,
  ...search
}: TreeBarProps) {
  const [keys, setKeys] = useState(false);
  const [, startTransition] = useTransition();
  // A choice shows at once; the trees follow.
  const [chosen, choose] = useOptimistic(trees);
  const change = (outcome: TreeOutcome, on: boolean): void =>
    startTransition(() => {
      const next = on ? [...chosen, outcome] : chosen.filter((other) => other !== outcome);
      choose(next);
      onTrees(next);
    });
  return (
    <div className={classes.bar}>
      <div className={classes.tools}>
        <TreeSearch {...search} onKeys={() => setKeys(true)} />
        <DepthChoice deepest={deepest} unfoldedTo={unfoldedTo} onUnfoldTo={onUnfoldTo} />
        <Switch
          label="Layout"
          options={[
            ['Nested', here({ layout: undefined }), layout === 'nested'],
            ['Flat', here({ layout: 'flat' }), layout === 'flat'],
          ]}
        />
        <Switch
          label="Guardian threads"
          options={[
            ['Guardians collapsed', here({ guardians: undefined }), guardians === 'folded'],
            ['shown', here({ guardians: 'shown' }), guardians === 'shown'],
          ]}
        />
        <Dropdown name="Trees with" label="Filter trees by activity" chosen={chosen.length}>
          <Options>
            {outcomes.map((outcome) => (
              <Option
                key={outcome}
                label={outcomeNames[outcome]}
                checked={chosen.includes(outcome)}
                onChange={(on) => change(outcome, on)}
              />
            ))}
          </Options>
        </Dropdown>
        <Dropdown name="Columns" label="Columns">
          <Options>
            {columnIds.map((id) => (
              <Option
                key={id}
                label={columnName(id)}
                checked={columns.includes(id)}
                onChange={(on) => onColumns(on ? [...columns, id] : columns.filter((other) => other !== id))}
              />
            ))}
          </Options>
          <button type="button" className={classes.plain} onClick={() => onColumns(usualColumns)}>
            Reset to default
          </button>
        </Dropdown>
        <button
          type="button"
          className={classes.keys}
          onClick={() => setKeys(true)}
          title="Keyboard shortcuts (?)"
          aria-label="Keys"
        >
          ?
        </button>
      </div>
      <div className={classes.figure}>
        <p>
          {pluralize(size.threads, 'thread')} in {pluralize(size.trees, 'tree')}
        </p>
        {trees.length === 0 ? null : (
          <Chips label="Selected trees">
            {trees.map((outcome) => (
              <li key={outcome}>
                <Chip
                  name="trees with"
                  value={outcomeNames[outcome]}
                  href={here({ trees: trees.filter((other) => other !== outcome) })}
                />
              </li>
            ))}
          </Chips>
        )}
      </div>
      <KeyHelp open={keys} onClose={() => setKeys(false)} groups={treeKeyGroups} />
    </div>
  );
}

/** Shows a choice of one, as links. */
function Switch({
  label,
  options,
}: {
  readonly label: string;
  readonly options: ReadonlyArray<readonly [name: string, href: string, chosen: boolean]>;
}) {
  return (
    <ul className={classes.switch} aria-label={label}>
      {options.map(([name, href, chosen]) => (
        <li key={name}>
          <TextLink scroll={false} href={href} aria-current={chosen ? 'true' : undefined}>
            {name}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

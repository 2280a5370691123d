'use client';

import { createContext, use, useState, type ReactNode } from 'react';
import { pluralize, formatInteger } from '@/components/formats';
import { DeleteImports } from './delete-import';
import type { Deletable } from './delete-question';
import classes from './imports.module.css';

interface Choice {
  readonly all: readonly Deletable[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}
const ChoiceContext = createContext<Choice>({ all: [], chosen: new Set(), choose: () => undefined });

/**
 * Lets the user choose imports of a list to delete them together. `all` are the imports of the list, `total` also
 * counts those beyond it.
 */
export function ChosenImports({
  all,
  total,
  children,
}: {
  readonly all: readonly Deletable[];
  readonly total: number;
  readonly children: ReactNode;
}) {
  const [ids, choose] = useState<ReadonlySet<string>>(new Set());
  // An import that is gone by now is no longer chosen.
  const chosen = all.filter(({ id }) => ids.has(id));
  return (
    <ChoiceContext value={{ all, chosen: new Set(chosen.map(({ id }) => id)), choose }}>
      <div className={classes.choice}>
        <span role="status">
          {chosen.length === 0
            ? pluralize(total, 'import')
            : `${formatInteger(chosen.length)} of ${pluralize(total, 'import')} selected`}
        </span>
        {chosen.length === 0 ? null : (
          <DeleteImports
            imports={chosen}
            label="Delete selected"
            spoken={`Delete selected (${pluralize(chosen.length, 'import')})`}
            onDeleted={() => choose(new Set())}
          />
        )}
      </div>
      {children}
    </ChoiceContext>
  );
}

export function ChooseImport({ id, name }: { readonly id: string; readonly name: string }) {
  const { chosen, choose } = use(ChoiceContext);
  const change = (checked: boolean): void => {
    const next = new Set(chosen);
    if (checked) next.add(id);
    else next.delete(id);
    choose(next);
  };
  return (
    <input
      type="checkbox"
      className={classes.choose}
      aria-label={`Select ${name}`}
      checked={chosen.has(id)}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}

export function ChooseAllImports() {
  const { all, chosen, choose } = use(ChoiceContext);
  return (
    <input
      type="checkbox"
      className={classes.choose}
      aria-label="Select all imports on this page"
      checked={all.length > 0 && chosen.size === all.length}
      ref={(box) => {
        if (box) box.indeterminate = chosen.size > 0 && chosen.size < all.length;
      }}
      onChange={(event) => choose(new Set(event.currentTarget.checked ? all.map(({ id }) => id) : []))}
    />
  );
}

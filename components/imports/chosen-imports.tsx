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
 * Lets imports of a list be chosen, to delete them at once. `all` are those of the list, `total` is how many there are
 * beyond it as well.
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
  // One that has gone meanwhile is no longer chosen.
  const chosen = all.filter(({ id }) => ids.has(id));
  return (
    <ChoiceContext value={{ all, chosen: new Set(chosen.map(({ id }) => id)), choose }}>
      <div className={classes.choice}>
        <span role="status">
          {chosen.length === 0
            ? pluralize(total, 'import')
            : `${formatInteger(chosen.length)} of ${pluralize(total, 'import')} chosen`}
        </span>
        {chosen.length === 0 ? null : (
          <DeleteImports
            imports={chosen}
            label={`Delete ${chosen.length === 1 ? 'it' : 'them'}…`}
            spoken={`Delete ${pluralize(chosen.length, 'chosen import')}`}
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
      aria-label={`Choose ${name}`}
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
      aria-label="Choose all imports of this list"
      checked={all.length > 0 && chosen.size === all.length}
      ref={(box) => {
        if (box) box.indeterminate = chosen.size > 0 && chosen.size < all.length;
      }}
      onChange={(event) => choose(new Set(event.currentTarget.checked ? all.map(({ id }) => id) : []))}
    />
  );
}

'use client';

import { useMemo } from 'react';
import type { listKeys } from '@/lib/filter-url.ts';
import type { Facets } from '@/lib/queries/facets.ts';
import { ActiveFilters } from './active-filters';
import { Choice, type Option } from './choice';
import { TimeRange } from './time-range';
import { useFilter } from './use-filter';
import classes from './filter.module.css';

type Choices = Readonly<Record<(typeof listKeys)[number], readonly Option[]>>;
const order = ['threadKind', 'model', 'client', 'codexVersion', 'importId'] as const satisfies typeof listKeys;

function choices(facets: Facets): Choices {
  const options = (values: ReadonlyArray<{ readonly value: string | null; readonly threads: number }>): Option[] =>
    values.map(({ value, threads }) => ({ value: value ?? '', label: value ?? 'none', threads }));
  return {
    threadKind: options(facets.threadKind),
    model: options(facets.model),
    client: options(facets.client),
    codexVersion: options(facets.codexVersion),
    importId: facets.imports.map(({ id, name }) => ({ value: id, label: `${name} (${id})`, threads: null })),
  };
}

/** Shows the one filter of every page. It is stored in the address, so a link shares the view. */
export function FilterBar({ facets }: { readonly facets: Facets }) {
  const filter = useFilter();
  const options = useMemo(() => choices(facets), [facets]);
  return (
    <div className={classes.bar} role="group" aria-label="Filter" aria-busy={filter.pending}>
      <span className={classes.lead} aria-hidden="true">
        Filter
      </span>
      <TimeRange filter={filter} />
      {order.map((name) => (
        <Choice
          key={name}
          name={name}
          options={options[name]}
          more={name === 'threadKind' ? 0 : facets.more[name === 'importId' ? 'imports' : name]}
          filter={filter}
        />
      ))}
      {filter.pending ? (
        <span className={classes.pending} role="status">
          Loading…
        </span>
      ) : null}
    </div>
  );
}

/** Shows the chips of the active filter, with imports by their names. */
export function ActiveFilterChips({ facets }: { readonly facets: Facets }) {
  const names = useMemo(() => new Map(facets.imports.map(({ id, name }) => [id, `${name} (${id})`])), [facets]);
  return <ActiveFilters importNames={names} allImports={facets.more.imports === 0} />;
}

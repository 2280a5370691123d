'use client';

import { useState } from 'react';
import { formatInteger } from '@/components/formats';
import { Dropdown, Option as OptionBox, Options } from '@/components/ui/dropdown';
import type { listKeys } from '@/lib/filter-url.ts';
import { filterNames } from './names';
import type { useFilter } from './use-filter';
import classes from './filter.module.css';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly threads: number | null;
}
const searchable = 8;

/** Shows one dimension of the filter: a button that unfolds its values, any of which may be chosen. */
export function Choice({
  name,
  options,
  more,
  filter,
}: {
  readonly name: (typeof listKeys)[number];
  readonly options: readonly Option[];
  readonly more: number;
  readonly filter: ReturnType<typeof useFilter>;
}) {
  const [search, setSearch] = useState('');
  const chosen = filter.values(name);
  const found = options.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()));
  const toggle = (value: string, on: boolean): void => {
    const next = on ? [...chosen, value] : chosen.filter((other) => other !== value);
    filter.change({ [name]: next.length > 0 ? next : undefined });
  };
  return (
    <Dropdown name={filterNames[name]} spoken="filter" label={`Filter by ${filterNames[name]}`} chosen={chosen.length}>
      {options.length > searchable ? (
        <input
          type="search"
          className={classes.input}
          placeholder="Find"
          aria-label={`Find in ${filterNames[name]}`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
      ) : null}
      {found.length === 0 ? (
        <p className={classes.remark}>{options.length === 0 ? 'No options yet' : 'No matches'}</p>
      ) : null}
      <Options>
        {found.map(({ value, label, threads }) => (
          <OptionBox
            key={value}
            label={label}
            {...(threads === null ? {} : { note: formatInteger(threads), noteTitle: 'threads' })}
            checked={chosen.includes(value)}
            onChange={(on) => toggle(value, on)}
          />
        ))}
      </Options>
      {more > 0 ? <p className={classes.remark}>{formatInteger(more)} more not listed</p> : null}
    </Dropdown>
  );
}

'use client';

import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { whole } from '@/components/formats';
import type { listKeys } from '@/lib/filter-url.ts';
import { filterNames } from './names';
import type { useFilter } from './use-filter';
import classes from './filter.module.css';

export interface Option { readonly value: string; readonly label: string; readonly threads: number | null }
const searchable = 8;

/** One dimension of the filter: a button that unfolds its values, any of which may be chosen. */
export function Choice({ name, options, filter }: { readonly name: (typeof listKeys)[number]; readonly options: readonly Option[]; readonly filter: ReturnType<typeof useFilter> }) {
  const [search, setSearch] = useState('');
  const chosen = filter.values(name);
  const found = options.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase()));
  const toggle = (value: string, on: boolean): void => {
    const next = on ? [...chosen, value] : chosen.filter((other) => other !== value);
    filter.change({ [name]: next.length > 0 ? next : undefined });
  };
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.button} data-active={chosen.length > 0 || undefined}>
          {filterNames[name]}{chosen.length > 0 ? <span className={classes.badge}>{chosen.length}</span> : null}<IconChevronDown size={13} stroke={1.75} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={`Filter by ${filterNames[name]}`}>
        {options.length > searchable
          ? <input type="search" className={classes.input} placeholder="Find" aria-label={`Find in ${filterNames[name]}`} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-autofocus />
          : null}
        {found.length === 0 ? <p className={classes.remark}>{options.length === 0 ? 'There is nothing to choose yet.' : 'Nothing is called that.'}</p> : null}
        <ul className={classes.options}>
          {found.map(({ value, label, threads }) => (
            <li key={value}>
              <label className={classes.option}>
                <input type="checkbox" checked={chosen.includes(value)} onChange={(event) => toggle(value, event.currentTarget.checked)} />
                <span className={classes.optionLabel} title={label}>{label}</span>
                {threads === null ? null : <span className={classes.optionCount} title="threads">{whole(threads)}</span>}
              </label>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

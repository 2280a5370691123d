'use client';

import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './dropdown.module.css';

interface DropdownProps { readonly name: string; readonly label: string; readonly chosen?: number; readonly children: ReactNode }

/** A button that unfolds something to choose from; `chosen` says of how much is chosen. */
export function Dropdown({ name, label, chosen = 0, children }: DropdownProps) {
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.button} data-active={chosen > 0 || undefined}>
          {name}{chosen > 0 ? <span className={classes.badge}>{chosen}</span> : null}<IconChevronDown size={13} stroke={1.75} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}

interface OptionProps { readonly label: string; readonly note?: string; readonly checked: boolean; readonly disabled?: boolean; readonly onChange: (checked: boolean) => void }

/** One of several that may be chosen. */
export function Option({ label, note, checked, disabled = false, onChange }: OptionProps) {
  return (
    <li>
      <label className={classes.option}>
        <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span className={classes.optionLabel} title={label}>{label}</span>
        {note === undefined ? null : <span className={classes.note}>{note}</span>}
      </label>
    </li>
  );
}

export const Options = ({ children }: { readonly children: ReactNode }) => <ul className={classes.options}>{children}</ul>;

'use client';

import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Spoken } from './spoken';
import classes from './dropdown.module.css';

interface DropdownProps {
  readonly name: string;
  /** The extra words of the button for those who do not see where it stands. */
  readonly spoken?: string;
  readonly label: string;
  /** The number of chosen options. */
  readonly chosen?: number;
  /** True when something is chosen, where it is not counted. */
  readonly active?: boolean;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

/** Shows a button that unfolds options to choose from. */
export function Dropdown({ name, spoken, label, chosen = 0, active = chosen > 0, children }: DropdownProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover position="bottom-start" trapFocus returnFocus opened={open} onChange={setOpen}>
      <Popover.Target>
        <button
          type="button"
          className={classes.button}
          data-active={active || undefined}
          onClick={() => setOpen(!open)}
        >
          {name}
          {spoken === undefined ? null : <Spoken> {spoken} </Spoken>}
          {chosen > 0 ? <span className={classes.badge}>{chosen}</span> : null}
          <IconChevronDown size={13} stroke={1.75} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={label}>
        {typeof children === 'function' ? children(() => setOpen(false)) : children}
      </Popover.Dropdown>
    </Popover>
  );
}

interface OptionProps {
  readonly label: string;
  readonly note?: string;
  readonly noteTitle?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Shows one of several options that may be chosen. */
export function Option({ label, note, noteTitle, checked, onChange }: OptionProps) {
  return (
    <li>
      <label className={classes.option}>
        <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span className={classes.optionLabel} title={label}>
          {label}
        </span>
        {note === undefined ? null : (
          <span className={classes.note} title={noteTitle}>
            {note}
          </span>
        )}
      </label>
    </li>
  );
}

export const Options = ({ children }: { readonly children: ReactNode }) => (
  <ul className={classes.options}>{children}</ul>
);

'use client';

import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import type { useFilter } from './use-filter';
import classes from './filter.module.css';

/** The value of a `datetime-local` field, read and written as UTC. */
const toField = (text: string | undefined): string => (text === undefined || Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString().slice(0, 19));
const fromField = (value: FormDataEntryValue | null): string | undefined => (typeof value === 'string' && value !== '' ? new Date(`${value}Z`).toISOString() : undefined);

/** The filter's span of time: from a moment on, up to and without another. */
export function TimeRange({ filter }: { readonly filter: ReturnType<typeof useFilter> }) {
  const [open, setOpen] = useState(false);
  const [from] = filter.values('from');
  const [to] = filter.values('to');
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    filter.change({ from: fromField(fields.get('from')), to: fromField(fields.get('to')) });
    setOpen(false);
  };
  return (
    <Popover position="bottom-start" trapFocus returnFocus opened={open} onChange={setOpen}>
      <Popover.Target>
        <button type="button" className={classes.button} data-active={from !== undefined || to !== undefined || undefined} onClick={() => setOpen(!open)}>
          Time<IconChevronDown size={13} stroke={1.75} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Filter by time">
        <form className={classes.times} onSubmit={submit} key={`${from} ${to}`}>
          <label>From <span className={classes.remark}>(UTC)</span><input type="datetime-local" step={1} name="from" className={classes.input} defaultValue={toField(from)} data-autofocus /></label>
          <label>Before <span className={classes.remark}>(UTC)</span><input type="datetime-local" step={1} name="to" className={classes.input} defaultValue={toField(to)} /></label>
          <Button type="submit">Apply</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

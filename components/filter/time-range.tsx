'use client';

import type { SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dropdown } from '@/components/ui/dropdown';
import type { useFilter } from './use-filter';
import classes from './filter.module.css';

/** The value of a `datetime-local` field, read and written as UTC. */
const toField = (text: string | undefined): string =>
  text === undefined || Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString().slice(0, 19);
const fromField = (value: FormDataEntryValue | null): string | undefined =>
  typeof value === 'string' && value !== '' ? new Date(`${value}Z`).toISOString() : undefined;

/** Shows the filter's time range: the start is inclusive, the end exclusive. */
export function TimeRange({ filter }: { readonly filter: ReturnType<typeof useFilter> }) {
  const [from] = filter.values('from');
  const [to] = filter.values('to');
  const submit = (event: SubmitEvent<HTMLFormElement>, close: () => void): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    filter.change({ from: fromField(fields.get('from')), to: fromField(fields.get('to')) });
    close();
  };
  return (
    <Dropdown name="Time" spoken="filter" label="Filter by time" active={from !== undefined || to !== undefined}>
      {(close) => (
        <form className={classes.times} onSubmit={(event) => submit(event, close)} key={`${from} ${to}`}>
          <label>
            From <span className={classes.remark}>(UTC)</span>
            <input
              type="datetime-local"
              step={1}
              name="from"
              className={classes.input}
              defaultValue={toField(from)}
              data-autofocus
            />
          </label>
          <label>
            Before <span className={classes.remark}>(UTC)</span>
            <input type="datetime-local" step={1} name="to" className={classes.input} defaultValue={toField(to)} />
          </label>
          <Button type="submit">Apply</Button>
        </form>
      )}
    </Dropdown>
  );
}

'use client';

import { catchError } from 'next/error';
import classes from './filter.module.css';

function FilterErrorNotice(_: object) {
  return (
    <p className={classes.remark} role="alert">
      Could not load filter options.
    </p>
  );
}

/** Keeps the pages usable when the choices of the filter cannot be read. */
export const FilterError = catchError(FilterErrorNotice);

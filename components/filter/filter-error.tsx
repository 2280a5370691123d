'use client';

import { catchError } from 'next/error';
import classes from './filter.module.css';

function FilterErrorNotice(_: object) {
  return (
    <p className={classes.remark} role="alert">
      The filter’s choices cannot be read.
    </p>
  );
}

/** The pages stand also when the filter's choices cannot be read. */
export const FilterError = catchError(FilterErrorNotice);

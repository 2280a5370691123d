'use client';

import { catchError, type ErrorInfo } from 'next/error';
import { useOnRevision } from '@/components/ui/revision';
import classes from './filter.module.css';

function FilterErrorNotice(_: object, { retry }: ErrorInfo) {
  useOnRevision(retry);
  return (
    <p className={classes.remark} role="alert">
      Could not load filter options.
    </p>
  );
}

/** Keeps the pages usable when the choices of the filter cannot be read. */
export const FilterError = catchError(FilterErrorNotice);

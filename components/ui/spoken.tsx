import type { ReactNode } from 'react';
import classes from './spoken.module.css';

/** Holds words that are only for screen readers. */
export function Spoken({ children }: { readonly children: ReactNode }) {
  return <span className={classes.spoken}>{children}</span>;
}

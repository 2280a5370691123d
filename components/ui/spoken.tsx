import type { ReactNode } from 'react';
import classes from './spoken.module.css';

/** Words that are only for those who listen to the page. */
export function Spoken({ children }: { readonly children: ReactNode }) {
  return <span className={classes.spoken}>{children}</span>;
}

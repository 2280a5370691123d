import type { ReactNode } from 'react';
import classes from './columns.module.css';

/** Shows sections side by side where there is room. */
export const Columns = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes.columns}>{children}</div>
);

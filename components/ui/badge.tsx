import type { ReactNode } from 'react';
import classes from './badge.module.css';

/** Shows a short remark on a record; `meaning` explains it on hover. */
export function Badge({
  children,
  meaning,
  strong = false,
}: {
  readonly children: ReactNode;
  readonly meaning: string;
  readonly strong?: boolean;
}) {
  return (
    <span className={classes.badge} data-strong={strong || undefined} title={meaning}>
      {children}
    </span>
  );
}

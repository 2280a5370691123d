import type { ReactNode } from 'react';
import { Marks } from '@/components/ui/marks';
import { Side } from './side';
import classes from './shell.module.css';

interface ShellProps {
  readonly filters: ReactNode;
  readonly activeFilters: ReactNode;
  readonly importButton: ReactNode;
  readonly notice: ReactNode;
  readonly live: ReactNode;
  readonly children: ReactNode;
}

/** Shows the frame of every page: it is there at once, and the figures come into it. */
export function Shell({ filters, activeFilters, importButton, notice, live, children }: ShellProps) {
  return (
    <div className={classes.frame}>
      <Marks />
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <Side live={live} />
      <div className={classes.stage}>
        <div className={classes.top} role="region" aria-label="Filter and import">
          <div className={classes.controls}>
            {filters}
            <div className={classes.import}>{importButton}</div>
          </div>
          {activeFilters}
        </div>
        <main id="content" className={classes.main} tabIndex={-1}>
          {notice}
          {children}
        </main>
      </div>
    </div>
  );
}

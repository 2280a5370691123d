import type { ReactNode } from 'react';
import classes from './page-header.module.css';

/** Shows the page's one h1, a sentence about its content, and any extras beside it. */
export function PageHeader({
  title,
  children,
  aside,
}: {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly aside?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {children === undefined ? null : <p className={classes.lead}>{children}</p>}
      </div>
      {aside}
    </header>
  );
}

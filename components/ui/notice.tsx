import type { ReactNode } from 'react';
import classes from './notice.module.css';

/** Shows a notice in place of figures: nothing matches, something is wrong, or a remark. */
export function Notice({
  kind,
  title,
  children,
}: {
  readonly kind: 'empty' | 'error' | 'remark';
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes.notice} data-kind={kind} role={kind === 'error' ? 'alert' : undefined}>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <div className={classes.body}>{children}</div>}
    </div>
  );
}

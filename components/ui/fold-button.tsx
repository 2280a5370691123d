import type { MouseEventHandler } from 'react';
import classes from './fold-button.module.css';

interface FoldButtonProps {
  /** Null where there is nothing to unfold: its place is kept. */
  readonly unfolded: boolean | null;
  /** Left out where the tree listens itself. */
  readonly onClick?: MouseEventHandler;
}

/**
 * Folds and unfolds a row of a tree. Keys on the row do the same, so the Tab key skips it. It is no `button` element: a
 * screen of those takes the browser twice as long to style.
 */
export function FoldButton({ unfolded, onClick }: FoldButtonProps) {
  if (unfolded === null) return <span className={classes.none} />;
  return (
    <span
      role="button"
      className={classes.button}
      tabIndex={-1}
      data-fold
      data-open={unfolded || undefined}
      aria-label={unfolded ? 'Collapse' : 'Expand'}
      onClick={onClick}
    />
  );
}

import type { ReactNode } from 'react';
import { Spoken } from './spoken';
import classes from './data-table.module.css';

/** Shows a table in a box of its own that scrolls sideways, by keyboard too, while the page does not. */
export function DataTable({
  caption,
  head,
  children,
}: {
  readonly caption: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.region} role="group" aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <caption>
          <Spoken>{caption}</Spoken>
        </caption>
        <thead>{head}</thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Shows a column's head. Figures stand right-aligned under theirs. */
export function Head({
  children,
  figure = false,
  title,
}: {
  readonly children: ReactNode;
  readonly figure?: boolean;
  readonly title?: string;
}) {
  return (
    <th scope="col" className={figure ? classes.figure : undefined} title={title}>
      {children}
    </th>
  );
}

export function Cell({ children, figure = false }: { readonly children?: ReactNode; readonly figure?: boolean }) {
  return <td className={figure ? classes.figure : undefined}>{children}</td>;
}

/**
 * Shows content that takes at most `rem` of a row, or half of a narrow window, and wraps below rather than push other
 * columns out of sight.
 */
export const Within = ({ rem, children }: { readonly rem: number; readonly children: ReactNode }) => (
  <span className={classes.within} style={{ maxWidth: `min(${rem}rem, 50vw)` }}>
    {children}
  </span>
);

/** Shows words below a cell's text. */
export const Remark = ({ children }: { readonly children: ReactNode }) => (
  <span className={classes.remark}>{children}</span>
);

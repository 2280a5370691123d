import type { ReactNode } from 'react';
import classes from './charts.module.css';

export interface TipLine {
  readonly label: string;
  readonly swatch?: ReactNode;
  readonly value: string;
}

/** Shows the exact figures under the pointer. */
export function Tip({ title, lines }: { readonly title: string; readonly lines: readonly TipLine[] }) {
  return (
    <div className={classes.tip}>
      <p className={classes.tipTitle}>{title}</p>
      <dl>
        {lines.map(({ label, swatch, value }) => (
          <div key={label}>
            <dt>
              {swatch}
              {label}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

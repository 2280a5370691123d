import { useId, type ReactNode } from 'react';
import { statusLook } from '@/components/ui/status';
import { StatusMark } from '@/components/ui/status-mark';
import classes from './charts.module.css';

export interface LegendEntry {
  readonly label: string;
  readonly swatch: ReactNode;
}
export const statusLegend = (statuses: readonly (string | null)[]): readonly LegendEntry[] =>
  statuses.map((status) => {
    const { label, mark, tone } = statusLook(status);
    return {
      label,
      swatch: (
        <>
          <span className={classes.swatch} data-tone={tone} />
          <StatusMark mark={mark} tone={tone} />
        </>
      ),
    };
  });

interface ChartFigureProps {
  readonly caption: string;
  readonly legend: readonly LegendEntry[];
  readonly chart: ReactNode;
  /** Of the drawing, in pixels: its place is reserved until it is loaded. */
  readonly height: number;
  /** The same figures as a table, for those who do not see the chart, or want every digit. */
  readonly table: ReactNode;
  /** The table is already shown below. */
  readonly tableInView?: boolean;
}

/** Shows a chart with its legend. The drawing is for the eye alone: screen readers and the keyboard use the table. */
export function ChartFigure({ caption, legend, chart, height, table, tableInView = false }: ChartFigureProps) {
  const id = useId();
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption id={id} className={classes.caption}>
        {caption}
      </figcaption>
      <ul className={classes.legend}>
        {legend.map(({ label, swatch }) => (
          <li key={label}>
            {swatch}
            {label}
          </li>
        ))}
      </ul>
      <div aria-hidden="true" style={{ height }}>
        {chart}
      </div>
      {tableInView ? (
        table
      ) : (
        <details className={classes.table}>
          <summary>Show as a table</summary>
          {table}
        </details>
      )}
    </figure>
  );
}

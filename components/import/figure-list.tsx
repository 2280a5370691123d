import { countText, formatInteger } from '@/components/formats';
import classes from './import.module.css';

/** Shows the figures of an import: name, value, and unit. */
export function FigureList({
  figures,
}: {
  readonly figures: readonly (readonly [name: string, value: number, meaning: string])[];
}) {
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value, meaning]) => (
        <div key={name} title={countText(value, meaning)} data-none={value === 0 || undefined}>
          <dt>{name}</dt>
          <dd>{formatInteger(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

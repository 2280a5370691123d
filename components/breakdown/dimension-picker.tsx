import { address } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { dimensionNames, type AnyDimension } from './dimensions';
import classes from './breakdown.module.css';

interface DimensionPickerProps<D extends AnyDimension> {
  readonly path: string;
  readonly kept: UrlParameters;
  readonly dimensions: readonly D[];
  readonly by: readonly D[];
}

/**
 * Shows the dimensions to count by: a link switches each on or off. Those that are on are counted in the order of
 * choice.
 */
export function DimensionPicker<D extends AnyDimension>({ path, kept, dimensions, by }: DimensionPickerProps<D>) {
  return (
    <ul className={classes.picker} aria-label="Group by">
      {dimensions.map((dimension) => {
        const on = by.includes(dimension);
        const next = on ? by.filter((other) => other !== dimension) : [...by, dimension];
        return (
          <li key={dimension}>
            <TextLink
              className={classes.dimension}
              scroll={false}
              href={address(path, kept, { by: next.join(',') })}
              aria-current={on ? 'true' : undefined}
              title={on ? 'Remove grouping' : 'Add grouping'}
            >
              {dimensionNames[dimension]}
            </TextLink>
          </li>
        );
      })}
    </ul>
  );
}

import { filterKeys } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import { formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import classes from './thread.module.css';

interface TurnPagesProps {
  readonly path: string;
  readonly first: number;
  readonly size: number;
  readonly total: number;
  readonly kept: UrlParameters;
}

/**
 * Links to the other pages of a thread's turns: to the next and previous page, to the ends, and to a turn by its
 * number.
 */
export function TurnPages({ path, first, size, total, kept }: TurnPagesProps) {
  if (total <= size && first === 1) return null;
  const last = Math.max(1, total - ((total - 1) % size));
  const to = (number: number): string =>
    `${address(path, kept, { turns: number <= 1 ? undefined : String(number) })}#turns`;
  const end = Math.min(total, first + size - 1);
  return (
    <nav className={classes.pages} aria-label="Pages of turns">
      <span>
        Turns {formatInteger(first)} to {formatInteger(end)} of {formatInteger(total)}
      </span>
      {first === 1 ? null : <TextLink href={to(1)}>First</TextLink>}
      {first === 1 ? null : <TextLink href={to(first - size)}>Earlier turns</TextLink>}
      {end >= total ? null : <TextLink href={to(first + size)}>More turns</TextLink>}
      {end >= total ? null : <TextLink href={to(last)}>Last</TextLink>}
      <form action={`${path}#turns`} method="get">
        {filterKeys.flatMap((key) =>
          [kept[key] ?? []]
            .flat()
            .map((value) => <input key={`${key} ${value}`} type="hidden" name={key} value={value} />),
        )}
        <label>
          From turn{' '}
          <input
            className={classes.number}
            type="number"
            name="turns"
            min={1}
            max={total}
            defaultValue={first}
            required
          />
        </label>{' '}
        <Button type="submit">Show</Button>
      </form>
    </nav>
  );
}

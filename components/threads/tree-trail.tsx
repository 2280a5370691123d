import { pluralize, shortId, formatInteger } from '@/components/formats';
import type { Row } from './rows';
import classes from './tree.module.css';

/** Longer trails are folded in the middle. */
const ends = { first: 1, last: 3 } as const;

/** Returns the nodes of a trail that are named; null stands for those between. */
export function namedInTrail(above: readonly number[]): readonly (number | null)[] {
  return above.length <= ends.first + ends.last + 1
    ? above
    : [...above.slice(0, ends.first), null, ...above.slice(-ends.last)];
}

interface TreeTrailProps {
  readonly above: readonly number[];
  readonly rowAt: (node: number) => Row | null | undefined;
  readonly onGo: (node: number) => void;
}

/** Shows the ancestors of the first visible row, above the window: each leads back to its row. */
export function TreeTrail({ above, rowAt, onGo }: TreeTrailProps) {
  if (above.length === 0) return null;
  return (
    <nav className={classes.trail} aria-label="Ancestors of the first row">
      <ol>
        {namedInTrail(above).map((node) =>
          node === null ? (
            <li key="between" className={classes.quiet}>
              {pluralize(above.length - ends.first - ends.last, 'more', 'more')}
            </li>
          ) : (
            <li key={node}>
              <button type="button" onClick={() => onGo(node)}>
                <Name row={rowAt(node)} />
              </button>
            </li>
          ),
        )}
      </ol>
      <span className={classes.quiet} title="Levels between the first row and its root">
        depth {formatInteger(above.length)}
      </span>
    </nav>
  );
}

function Name({ row }: { readonly row: Row | null | undefined }) {
  if (row === undefined || row === null) return <>…</>;
  if (row.kind === 'guardians') return <>guardian threads</>;
  return row.thread.title === null ? <code>{shortId(row.thread.threadId)}</code> : <>{row.thread.title}</>;
}

import { formatInteger } from '@/components/formats';
import classes from './tree-bar.module.css';

interface DepthChoiceProps {
  /** Null while it is not known yet. */
  readonly deepest: number | null;
  /** Null when rows are unfolded one by one. */
  readonly unfoldedTo: number | null;
  readonly onUnfoldTo: (depth: number) => void;
}

/** Shows the choice of the unfolded depth. */
export function DepthChoice({ deepest, unfoldedTo, onUnfoldTo }: DepthChoiceProps) {
  const most = deepest ?? 0;
  const to = (depth: number): void => onUnfoldTo(Math.max(0, Math.min(depth, most)));
  return (
    <div className={classes.depth} role="group" aria-label="Expand to depth">
      <label>
        Depth{' '}
        <input
          type="number"
          inputMode="numeric"
          min={0}
          max={most}
          disabled={deepest === null}
          value={unfoldedTo === null ? '' : Math.min(unfoldedTo, most)}
          placeholder="–"
          onChange={(event) => {
            if (event.currentTarget.value !== '') to(event.currentTarget.valueAsNumber);
          }}
        />
      </label>
      <span className={classes.quiet}>of {deepest === null ? '…' : formatInteger(deepest)}</span>
      <button type="button" disabled={deepest === null} onClick={() => to(most)}>
        Expand all
      </button>
      <button type="button" disabled={deepest === null} onClick={() => to(0)}>
        Collapse all
      </button>
    </div>
  );
}

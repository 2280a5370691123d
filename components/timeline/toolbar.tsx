'use client';

import { formatInteger } from '@/components/formats';
import { clocks, type Clock } from './ruler';
import classes from './timeline.module.css';

interface ToolbarProps {
  readonly closeness: number;
  readonly clock: Clock;
  readonly onClock: (clock: Clock) => void;
  readonly hasGaps: boolean;
  readonly folded: boolean;
  readonly onGaps: () => void;
  readonly withContext: boolean;
  readonly onContext: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onAll: () => void;
  readonly hasBelow: boolean;
  readonly onFold: (unfolded: boolean) => void;
}
const clockNames: Readonly<Record<Clock, string>> = { utc: 'UTC', local: 'Local time', relative: 'Since start' };

/** Shows the settings of the timeline, and a button for each gesture. */
export function Toolbar({
  closeness,
  clock,
  onClock,
  hasGaps,
  folded,
  onGaps,
  withContext,
  onContext,
  onZoom,
  onAll,
  hasBelow,
  onFold,
}: ToolbarProps) {
  return (
    <div className={classes.toolbar} role="group" aria-label="Timeline view">
      <span className={classes.tools}>
        <button type="button" onClick={() => onZoom(1 / 1.6)} title="Zoom out (−)" aria-label="Zoom out">
          −
        </button>
        <output className={classes.closeness} title="Zoom level">
          {closeness < 9.95 ? closeness.toFixed(1).replace('.0', '') : formatInteger(Math.round(closeness))}×
        </output>
        <button type="button" onClick={() => onZoom(1.6)} title="Zoom in (+)" aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={onAll} title="Zoom to fit (0)">
          Fit
        </button>
      </span>
      <span className={classes.tools} role="radiogroup" aria-label="Time format">
        {clocks.map((each) => (
          <button key={each} type="button" role="radio" aria-checked={clock === each} onClick={() => onClock(each)}>
            {clockNames[each]}
          </button>
        ))}
      </span>
      <span className={classes.tools}>
        {hasGaps ? (
          <button
            type="button"
            aria-pressed={folded}
            onClick={onGaps}
            title="Leave out idle time and mark its length (G)"
          >
            Collapse idle time
          </button>
        ) : null}
        <button
          type="button"
          aria-pressed={withContext}
          onClick={onContext}
          title="Show tokens in context on each lane"
        >
          Context
        </button>
      </span>
      {hasBelow ? (
        <span className={classes.tools}>
          <button type="button" onClick={() => onFold(true)}>
            Expand all
          </button>
          <button type="button" onClick={() => onFold(false)}>
            Collapse all
          </button>
        </span>
      ) : null}
    </div>
  );
}

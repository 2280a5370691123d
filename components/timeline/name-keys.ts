import type { LaneLayout } from './lane-layout';
import type { Scene } from './scene';

export interface NameMoves {
  /** Focuses the name at a place. */
  readonly go: (place: number) => void;
  readonly fold: (lane: number, unfolded: boolean) => void;
  readonly select: (lane: number) => void;
}

/**
 * Returns the action of a key among the names when the one at `place` has the focus; null when there is none.
 * `unfolded` is null for a lane with nothing below it.
 */
export function nameMove(
  key: string,
  { outline }: Scene,
  { lanes }: LaneLayout,
  place: number,
  unfolded: boolean | null,
  { go, fold, select }: NameMoves,
): (() => void) | null {
  const lane = lanes[place] ?? 0;
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(Math.min(place + 1, lanes.length - 1)),
    ArrowUp: () => go(Math.max(place - 1, 0)),
    Home: () => go(0),
    End: () => go(lanes.length - 1),
    ArrowRight: () => {
      if (unfolded === false) fold(lane, true);
      else if (unfolded === true) go(place + 1);
    },
    ArrowLeft: () => {
      const parent = outline.parents[lane] ?? -1;
      if (unfolded === true) fold(lane, false);
      else if (parent >= 0) go(lanes.indexOf(parent));
    },
    Enter: () => select(lane),
    ' ': () => select(lane),
  };
  return moves[key] ?? null;
}

import type { Lines } from './tree';

export interface TreeMoves {
  /** Focuses a row, and brings it into view. */
  readonly go: (index: number) => void;
  readonly turn: (indices: readonly number[], unfolded: boolean) => void;
  readonly unfoldTo: (depth: number) => void;
  readonly open: (index: number) => void;
  /** Goes to the next found row, or the one before. */
  readonly next: (step: 1 | -1) => void;
  /** The number of rows in view. */
  readonly page: number;
}

/**
 * Returns the action of a key in the tree when the row at `index` has the focus (ARIA Authoring Practices, "Treegrid");
 * null when there is none.
 */
export function treeMove(
  key: string,
  lines: Lines,
  index: number,
  { go, turn, unfoldTo, open, next, page }: TreeMoves,
): (() => void) | null {
  const line = lines.at(index);
  const last = lines.count - 1;
  const to =
    (other: number): (() => void) =>
    () =>
      go(Math.max(0, Math.min(other, last)));
  if (/^[0-9]$/.test(key)) return () => unfoldTo(Number(key));
  switch (key) {
    case 'ArrowDown':
      return to(index + 1);
    case 'ArrowUp':
      return to(index - 1);
    case 'PageDown':
      return to(index + page);
    case 'PageUp':
      return to(index - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowRight':
      return line?.expandable ? (line.unfolded ? to(index + 1) : () => turn([index], true)) : null;
    case 'ArrowLeft':
      return line?.expandable && line.unfolded ? () => turn([index], false) : parent(lines, index, to);
    case '*':
      return () => turn(siblings(lines, index), true);
    case 'n':
      return () => next(1);
    case 'N':
    case 'p':
      return () => next(-1);
    case 'Enter':
      return () => open(index);
    default:
      return null;
  }
}

function parent(lines: Lines, index: number, to: (index: number) => () => void): (() => void) | null {
  const above = lines.above(index).at(-1);
  return above === undefined ? null : to(lines.find(above));
}

/** Returns this row and its siblings that have something below them. */
function siblings(lines: Lines, index: number): number[] {
  const depth = lines.at(index)?.depth ?? 0;
  const found: number[] = [];
  const look = (step: 1 | -1): void => {
    for (let at = step === 1 ? index : index - 1; ; at += step) {
      const line = lines.at(at);
      if (line === null || line.depth < depth) return;
      if (line.depth === depth && line.expandable) found.push(at);
    }
  };
  look(1);
  look(-1);
  return found;
}

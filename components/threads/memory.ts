import { nothingUnfolded, type KeptFolding, type Pages } from './tree';

/** The state in which a tree was left. */
export interface Left {
  readonly folding: KeptFolding;
  readonly pages: Pages | null;
  readonly top: number;
  readonly node: number | null;
}

/**
 * The tree that was open last; a user who comes back from a thread finds it unchanged. Nothing else is kept, and a
 * reload forgets it.
 */
let last: { readonly view: string; readonly left: Left } | null = null;

export function remember(view: string, left: Left): void {
  last = { view, left };
}
export const recall = (view: string): Left =>
  last?.view === view ? last.left : { folding: nothingUnfolded, pages: null, top: 0, node: null };

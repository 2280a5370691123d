import { nothingUnfolded, type KeptFolding } from './tree';

/** How a tree was left. */
export interface Left { readonly folding: KeptFolding; readonly top: number; readonly position: number | null }

/** The tree that was open last; whoever comes back to it from a thread finds it as it was. Nothing else is kept, and a reload forgets it. */
let last: { readonly key: string; readonly left: Left } | null = null;
const keyOf = (address: string, edition: string): string => `${edition} ${address}`;

export function remember(address: string, edition: string, left: Left): void {
  last = { key: keyOf(address, edition), left };
}
export const recall = (address: string, edition: string): Left => (last?.key === keyOf(address, edition) ? last.left : { folding: nothingUnfolded, top: 0, position: null });

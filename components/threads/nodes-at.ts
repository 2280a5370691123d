import type { Lines } from './tree';

/** The nodes of these rows, as far as they have been read. */
export const nodesAt = (lines: Lines, indices: readonly number[]): number[] =>
  indices.map((index) => lines.at(index)?.node).filter((node) => node !== undefined);

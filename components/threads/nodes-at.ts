import type { Lines } from './tree';

/** Returns the nodes of these rows that have been read. */
export const nodesAt = (lines: Lines, indices: readonly number[]): number[] =>
  indices.map((index) => lines.at(index)?.node).filter((node) => node !== undefined);

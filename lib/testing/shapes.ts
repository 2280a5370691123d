import { readFileSync } from 'node:fs';

/**
 * Returns the lines of a small rollout in a shape that occurs in people's files, written for this project after public
 * reports.
 */
export const shapeLines = (name: string): string[] =>
  readFileSync(new URL(`shapes/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

import { readFileSync } from 'node:fs';

/** Lines of a rollout of a shape that people's files have: small, written for this project after public reports. */
export const shapeLines = (name: string): string[] =>
  readFileSync(new URL(`shapes/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

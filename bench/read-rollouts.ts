import { readFileSync } from 'node:fs';
import { LineFramer } from '../lib/formats/lines.ts';
import { RolloutReader } from '../lib/formats/rollout/reader.ts';

/** Prints the seconds that reading rollouts takes, from bytes in memory to facts: the counterpart of `json-parse.ts`. */
const bytes = readFileSync(process.argv[2] ?? '');
const start = performance.now();
const framer = new LineFramer(1 << 25);
const reader = new RolloutReader({ titles: true });
let facts = 0;
const read = (lines: ReturnType<LineFramer['push']>): void => {
  for (const line of lines) if (line.problem === undefined) for (const output of reader.push(line.number, line.text)) if (output.kind === 'fact') facts++;
};
const step = 1 << 20;
for (let from = 0; from < bytes.length; from += step) read(framer.push(bytes.subarray(from, from + step)));
read(framer.end());
if (facts === 0) throw new Error('The file holds no rollouts.');
process.stdout.write(String((performance.now() - start) / 1000));

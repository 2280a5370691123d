import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { generatedLog, parseSeconds } from './logs.ts';
import { hasScaledTargets, judged, referenceSpeed, type Row, type Sizes } from './row.ts';
import { rowsOf } from './rows.ts';
import { median } from './timing.ts';

/*
 * Measures the rows of `rows.ts` and compares them with their targets. `--only` names rows, separated by commas; long
 * rows run only when they are named or with `--large`. `--events` makes every log smaller or larger, in proportion;
 * targets apply only without it.
 */

/** The sizes that the targets are for. */
const usual = { events: '400000', rollouts: '2000', seconds: '60' };
const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: usual.events },
    rollouts: { type: 'string', default: usual.rollouts },
    seconds: { type: 'string', default: usual.seconds },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    large: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const line = (label: string, text: string): void => print(`  ${label.padEnd(44)}${text}`);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function numberOf(name: 'events' | 'rollouts' | 'rounds' | 'seconds'): number {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} is a whole number from 1 on, and not "${options[name]}".`);
  return value;
}

function chosen(rows: readonly Row[]): readonly Row[] {
  if (options.only === undefined) return rows.filter(({ long }) => options.large || !long);
  const names = options.only.split(',');
  const unknown = names.find((name) => !rows.some((each) => each.name === name));
  if (unknown !== undefined)
    throw new Error(`There is no row "${unknown}". There are ${rows.map(({ name }) => name).join(', ')}.`);
  return rows.filter(({ name }) => names.includes(name));
}

/** Measures the speed of bare `JSON.parse` here and now, in MB/s. A machine's speed drifts, so each row has its own. */
async function speedHere(events: number): Promise<number> {
  const log = await generatedLog(events);
  const times: number[] = [];
  for (let round = 0; round < 3; round++) times.push(await parseSeconds(log));
  return (await stat(log)).size / 1e6 / median(times);
}

async function show(row: Row, sizes: Sizes): Promise<void> {
  print(`${row.name}: ${row.what}`);
  const notes: (readonly [string, string])[] = [];
  try {
    const values = await row.measure({ sizes, note: (label, text) => void notes.push([label, text]) });
    const speed = hasScaledTargets(row) ? await speedHere(sizes.log) : Number.NaN;
    for (const [name, figure] of Object.entries(row.figures))
      line(figure.label, judged(figure, values[name] ?? Number.NaN, speed));
    if (!Number.isNaN(speed))
      line(
        'bare JSON.parse here',
        `${speed.toFixed(0)} MB/s: targets in seconds are ${(referenceSpeed / speed).toFixed(2)} times those at ${referenceSpeed} MB/s`,
      );
  } finally {
    for (const [label, text] of notes) line(label, text);
  }
}

try {
  const log = numberOf('events');
  const sizes: Sizes = {
    log,
    small: Math.min(1000, log),
    few: Math.ceil(log / 2),
    many: 5 * log,
    most: 25 * log,
    rollouts: numberOf('rollouts'),
    rounds: numberOf('rounds'),
    seconds: numberOf('seconds'),
  };
  const rows = chosen(rowsOf(sizes));
  if (options.events !== usual.events || options.rollouts !== usual.rollouts || options.seconds !== usual.seconds)
    print('Targets are for other sizes than these, and the speed of JSON.parse on a small log says little.');
  for (const row of rows) {
    try {
      await show(row, sizes);
    } catch (error) {
      line('it did not run to its end', messageOf(error));
      process.exitCode = 1;
    }
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { isObject } from '../events/json-object.ts';
import { rolloutLines, rolloutNames, rolloutVersions } from '../testing/rollouts.ts';
import { LogItems } from './log-items.ts';

/*
 * Glues, tears, repeats and reorders the lines of real logs. The result must be the same as when each record, and each
 * torn part of one, has a line of its own, and the line of each torn part must be rejected.
 * `DENDRO_MUTATIONS=100000` makes that many mutations and prints their counts.
 */

const limits = { lineBytes: 1 << 22, nesting: 100, titles: true };
type Format = 'rollout' | 'capture' | 'bare' | 'sink' | 'collector';
interface Source {
  readonly format: Format;
  readonly lines: readonly string[];
}

const linesOf = (file: string): string[] =>
  readFileSync(new URL(`../testing/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
function eventsOf(line: string): readonly unknown[] {
  const record: unknown = JSON.parse(line);
  return isObject(record) && Array.isArray(record.events) ? record.events : [record];
}
const bodies = [...linesOf('logs/codex-0.122.0.jsonl'), ...linesOf('logs/codex-0.142.5.jsonl')];
const sources: readonly Source[] = [
  ...rolloutVersions.flatMap((version) =>
    rolloutNames(version).map((name): Source => ({ format: 'rollout', lines: rolloutLines(version, name) })),
  ),
  { format: 'capture', lines: bodies },
  { format: 'bare', lines: bodies.flatMap(eventsOf).map((event) => JSON.stringify(event)) },
  {
    format: 'sink',
    lines: bodies.flatMap(eventsOf).map((payload, index) =>
      JSON.stringify({
        record_type: 'codex_analytics_event',
        recorded_at_epoch_millis: 1_776_000_000_000 + index,
        payload,
      }),
    ),
  },
  { format: 'collector', lines: linesOf('logs/collector/collector-dict.log') },
  { format: 'collector', lines: linesOf('logs/collector/collector-kv.log') },
];

/** One line of a source, or the rest of it. `glued`: the next part follows on the same line. */
interface Part {
  readonly format: Format;
  readonly text: string;
  readonly torn: boolean;
  readonly glued: boolean;
}
const mutations = ['glue', 'tear', 'tear and glue', 'repeat', 'swap', 'leave out', 'zeros'] as const;
type Mutation = (typeof mutations)[number];

const counts = new Map<string, number>();
const count = (what: string, by = 1): void => {
  counts.set(what, (counts.get(what) ?? 0) + by);
};

const torn = (part: Part, place: number): Part =>
  part.torn ? part : { ...part, torn: true, text: part.text.slice(0, 1 + (place % (part.text.length - 1))) };

function mutate(parts: readonly Part[], steps: readonly (readonly [Mutation, number, number])[]): Part[] {
  let all = [...parts];
  for (const [mutation, where, place] of steps) {
    const at = where % all.length;
    const [part, other] = [all[at], all[place % all.length]];
    if (!part || !other) continue;
    if (mutation === 'glue') all[at] = { ...part, glued: true };
    else if (mutation === 'tear') all[at] = torn(part, place);
    else if (mutation === 'tear and glue') all[at] = { ...torn(part, place), glued: true };
    else if (mutation === 'repeat') all.splice(at, 0, part);
    else if (mutation === 'swap') [all[at], all[place % all.length]] = [other, part];
    else if (mutation === 'leave out' && all.length > 1) all.splice(at, 1);
    else
      all.splice(at, 0, {
        format: part.format,
        text: '\0'.repeat(1 + (place % 40)),
        torn: true,
        glued: place % 2 === 0,
      });
    count(`${part.format}: ${mutation}`);
  }
  all = all.map((part, index) => (mayBeGlued(part, all[index + 1]) ? part : { ...part, glued: false }));
  return all;
}

/**
 * Some glued lines cannot be separated: an event by itself after a part that ends where an event belongs is a part of
 * it, and in a rollout the text of a collector is a tool's answer. Their lines are rejected. A collector ends its lines
 * with any text, and uses any word as the level of a record.
 */
function mayBeGlued(part: Part, next: Part | undefined): boolean {
  if (next?.torn === true && part.format === 'collector') return false;
  if (!next || !part.torn) return true;
  if (/^[A-Z]+ *$/.test(part.text)) return false;
  return next.format === 'collector'
    ? part.format !== 'rollout'
    : next.format !== 'bare' || !/[[:,]\s*$/.test(part.text);
}

interface Found {
  readonly kept: readonly string[];
  readonly rejected: readonly number[];
  readonly rollouts: number;
}
/** Reads the text; `lineOf` maps each of its lines to the line that it counts as. */
function read(text: string, lineOf: (line: number) => number): Found {
  const kept: string[] = [];
  const rejected = new Set<number>();
  const reader = new LogItems(limits);
  for (const items of [reader.push(Buffer.from(text)), reader.end()]) {
    for (const item of items) {
      if (item.kind === 'familiar') kept.push(JSON.stringify([lineOf(item.line.number), item.format, item.line.text]));
      else if (item.kind === 'record') kept.push(JSON.stringify([lineOf(item.line), item.format, item.text]));
      else if (item.kind === 'broken') {
        // One reject may stand for a run of lines that belong to nothing.
        const last = Number(/Lines \d+ to (\d+)/.exec(item.message)?.[1] ?? item.line);
        for (let line = item.line; line <= last; line++) rejected.add(lineOf(line));
      }
    }
  }
  return { kept, rejected: [...rejected].sort((a, b) => a - b), rollouts: reader.formats.get('rollout') ?? 0 };
}

function check(parts: readonly Part[]): void {
  const lineOfPart: number[] = [];
  let line = 1;
  for (const { glued } of parts) {
    lineOfPart.push(line);
    if (!glued) line++;
  }
  const found = read(parts.map(({ text, glued }) => (glued ? text : `${text}\n`)).join(''), (number) => number);
  const apart = read(parts.map(({ text }) => `${text}\n`).join(''), (number) => lineOfPart[number - 1] ?? number);
  assert.deepEqual(found.kept, apart.kept);
  assert.deepEqual(found.rejected, apart.rejected);
  // A part of a record is rejected, except in a collector's log a record that lacks only the end of its line.
  for (const [index, part] of parts.entries()) {
    if (part.torn && part.format !== 'collector')
      assert.ok(
        found.rejected.includes(lineOfPart[index] ?? 0),
        `line ${lineOfPart[index]} is not rejected: ${part.text.slice(-100)}`,
      );
  }
  const whole = parts.filter((part) => !part.torn);
  // Each record of analytics is kept: some bodies hold several events in one record.
  const kept = found.kept.filter((item) => !item.includes('"rollout",')).length;
  assert.ok(kept >= whole.filter(({ format }) => format !== 'rollout').length, 'a record has vanished');
  assert.ok(
    found.rollouts >= whole.filter(({ format }) => format === 'rollout').length,
    'a line of a rollout has vanished',
  );
  count('whole records', whole.length);
  count('torn parts', parts.length - whole.length);
  count('rejected lines', found.rejected.length);
}

const wanted = Number(process.env.DENDRO_MUTATIONS ?? 0);
const [mostLines, mostSteps] = [14, 8];
const formats = [...new Set(sources.map(({ format }) => format))];
const block = fc.record({
  format: fc.constantFrom(...formats),
  source: fc.nat(100_000),
  from: fc.nat(100_000),
  length: fc.integer({ min: 2, max: mostLines }),
});
const step = fc.tuple(fc.constantFrom(...mutations), fc.nat(100_000), fc.nat(100_000));

const partsOf = ({
  format,
  source,
  from,
  length,
}: {
  readonly format: Format;
  readonly source: number;
  readonly from: number;
  readonly length: number;
}): Part[] => {
  const all = sources.filter((one) => one.format === format);
  const lines = all[source % all.length]?.lines ?? [];
  const start = from % lines.length;
  // Of a rollout, the beginning is wanted and some of the rest.
  const chosen =
    format === 'rollout'
      ? [lines[0] ?? '', ...lines.slice(1 + start).slice(0, length)]
      : lines.slice(start, start + length);
  return chosen.map((text) => ({ format, text, torn: false, glued: false }));
};

test('real lines that are glued, torn, repeated and reordered: each whole record is read, each torn one rejected, none vanishes', (context) => {
  let made = 0;
  const property = fc.property(
    fc.array(block, { minLength: 1, maxLength: 3 }),
    fc.array(step, { minLength: 1, maxLength: mostSteps }),
    (blocks, steps) => {
      made += steps.length;
      check(mutate(blocks.flatMap(partsOf), steps));
    },
  );
  if (wanted === 0) fc.assert(property, { numRuns: 400 });
  else while (made < wanted) fc.assert(property, { numRuns: 1000 });
  if (wanted > 0)
    context.diagnostic(
      [`${made} mutations`, ...[...counts].sort().map(([what, times]) => `${what} ${times}`)].join('\n'),
    );
});

const tokensOf = (file: string): readonly [readonly string[], readonly number[]] => {
  const { kept, rejected } = read(
    readFileSync(new URL(`../testing/cases/${file}`, import.meta.url), 'utf8'),
    (line) => line,
  );
  return [kept.flatMap((item) => /"rollout_turn.*\\"total_tokens\\":(\d+)/.exec(item)?.[1] ?? []), rejected];
};

test('a crash tears a record, and the next one follows on its line: both turns are there, and the torn record is rejected', () => {
  assert.deepEqual(tokensOf('13d-crash-then-resume-glued-task-started.jsonl'), [['5100', '7300'], [7]]);
  assert.deepEqual(tokensOf('13b-torn-then-retried-same-line.jsonl'), [['11300'], [6]]);
});

const readText = (text: string): Found => read(text, (line) => line);
const [first = '', second = ''] = sources.find(({ format }) => format === 'bare')?.lines ?? [];
const body = `{"events":[${first}]}`;

test('what stands around records on a line is rejected, and they are read', () => {
  const read2 = (line: string) => [readText(`${line}\n`)].map(({ kept, rejected }) => [kept.length, rejected.length]);
  for (const line of [`${body}${second}`, `${body} ${second}`, `[${first}]${second}`])
    assert.deepEqual(read2(line), [[2, 0]], line);
  for (const line of [
    `${body}\0\0${second}`,
    `\0\0${body}${second}`,
    `"},"x":1}]}${body}${second}`,
    `${body}${second}]}`,
    `${body}${second}{"events":[`,
  ])
    assert.deepEqual(read2(line), [[2, 1]], line);
});

test('an event within a record that is cut off is a part of it, and is not counted', () => {
  for (const line of [
    `{"events":[${first}`,
    `{"events":[${first},${second.slice(0, -1)}`,
    `{"record_type":"codex_analytics_event","payload":${first}`,
  ])
    assert.deepEqual(readText(`${line}\n`), { kept: [], rejected: [1], rollouts: 0 });
  assert.deepEqual(
    [readText(`{"events":[${first}${body}\n`)].map(({ kept, rejected }) => [kept.length, rejected]),
    [[1, [1]]],
  );
});

test('of a line of a rollout that is torn right before its end the payload is no record by itself', () => {
  const message =
    '{"timestamp":"2026-05-24T21:27:06.001Z","type":"response_item","payload":{"type":"message","role":"assistant","content":[]}}';
  const torn = message.slice(0, -1);
  const [meta = ''] = rolloutLines('0.169.0', 'compacted-by-hand');
  assert.deepEqual(readText(`${meta}\n${torn}${torn}${message}\n`), readText(`${meta}\n${message}${torn}\n`));
  assert.deepEqual(readText(`${meta}\n${torn}${torn}${message}\n`).rejected, [2]);
});

test('a torn first line that looks like the beginning of a pretty-printed value takes nothing with it', () => {
  const rollout = rolloutLines('0.169.0', 'compacted-by-hand');
  const apart = readText(`0\n${rollout.join('\n')}`);
  for (const start of ['{"events":[', '{"timestamp":"2026-05-24T21:27:00.000Z","ordinal":1,', '{']) {
    assert.deepEqual(readText(`${start}\n${rollout.join('\n')}`), apart);
    for (const [name, events] of [
      ['collector-dict.log', 6],
      ['collector-kv.log', 4],
    ] as const)
      assert.equal(readText(`${start}\n${linesOf(`logs/collector/${name}`).join('\n')}`).kept.length, events);
  }
});

test('a hostile line is taken apart in the time that its length asks for', () => {
  for (const part of [
    '{"type":',
    '{"a":{"timestamp":"',
    '{"timestamp":"","type":"',
    '[',
    '"\\"',
    '{"a":"INFO | 2026-04-09 17:35:50 |',
    'INFO | 2026-04-09 17:35:50 | a | b | Tracked x event params={',
  ]) {
    assert.deepEqual(readText(`${part.repeat(20_000)}\n`).kept, []);
  }
});

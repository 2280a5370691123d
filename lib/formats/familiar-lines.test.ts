import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unknownsIn } from '../events/inventory.ts';
import { isObject } from '../events/json-object.ts';
import { readEvent } from '../events/read-event.ts';
import { oddLog } from '../testing/odd-log.ts';
import { sampleEvents } from '../testing/truth.ts';
import { LogItems } from './log-items.ts';
import type { LogItem } from './log-item.ts';

const limits = { lineBytes: 1 << 20, nesting: 100, titles: true };

function strangeIn(value: unknown, type: string): unknown {
  return isObject(value) && isObject(value.event_params) ? unknownsIn(type, value.event_params) : [];
}

/** Copies the imported parts of an item: the next familiar line changes the item. */
function taken(item: LogItem): unknown {
  if (item.kind === 'familiar') {
    const { line, format, events } = item;
    return structuredClone({
      line: line.number,
      text: line.text,
      format,
      events: events.map(({ found, read, strange }) => ({
        found,
        result: { ok: true, event: read(), repaired: [] },
        strange,
      })),
    });
  }
  if (item.kind !== 'record') return item;
  const { line, text, format, events } = item;
  return structuredClone({
    line,
    text,
    format,
    events: events.map((found) => {
      const result = readEvent(found.value);
      return {
        found,
        result,
        strange: result.ok && result.event.kind !== 'unknown' ? strangeIn(found.value, result.event.type) : [],
      };
    }),
  });
}

const read = (log: string): { readonly items: unknown[]; readonly familiar: number } => {
  const items: unknown[] = [];
  let familiar = 0;
  const reader = new LogItems(limits);
  const take = (some: Iterable<LogItem>): void => {
    for (const item of some) {
      if (item.kind === 'familiar') familiar++;
      items.push(taken(item));
    }
  };
  take(reader.push(Buffer.from(log)));
  take(reader.end());
  return { items, familiar };
};
/**
 * Reads each line in a log of its own, where nothing can be familiar, after a line that shows that no value stands on
 * several lines.
 */
const readAlone = (lines: readonly string[]): unknown[] =>
  lines.flatMap((line, index) => {
    const [, ...items] = read(`0\n${line}\n`).items;
    return items.map((item) => (isObject(item) ? { ...item, line: index + 1 } : item));
  });

const bodyOf = (events: readonly unknown[]): string => JSON.stringify({ events });
/** Compares one by one: showing where two long lists differ takes minutes. */
function assertSame(items: readonly unknown[], expected: readonly unknown[]): void {
  for (const [index, item] of items.entries()) assert.deepEqual(item, expected[index]);
  assert.equal(items.length, expected.length);
}

test('most lines of a real log are familiar, and give what they give when each is read alone', () => {
  const lines = sampleEvents.map((event, index) =>
    index % 5 === 0 ? JSON.stringify(event) : bodyOf(sampleEvents.slice(index, index + 1 + (index % 3))),
  );
  const { items, familiar } = read(`${lines.join('\n')}\n`);
  assertSame(items, readAlone(lines));
  assert.ok(familiar > lines.length * 0.8, `${familiar} of ${lines.length} lines were familiar`);
});

const strangeValue = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom<unknown>(null, true, -1, 2 ** 53, 'completed', 'never_seen', 'é', '', [], {}, ['a'], {
    type: 'shell',
  }),
);

/** One event with one of its fields, at any depth, changed. */
function changed(event: unknown, steps: readonly number[], value: unknown): unknown {
  const copy: unknown = structuredClone(event);
  let at = copy;
  for (const step of steps) {
    if (!isObject(at)) break;
    const keys = Object.keys(at);
    const key = keys[step % keys.length];
    if (key === undefined) break;
    const inner = at[key];
    if (isObject(inner)) at = inner;
    else {
      Reflect.set(at, key, value);
      break;
    }
  }
  return copy;
}

test('an event that is a record of another format as well is read as that one', () => {
  const [event = {}, other] = sampleEvents;
  const lines = [{ events: [] }, { events: [other] }, { record_type: 'codex_analytics_event', payload: other }].flatMap(
    (more) => {
      const line = JSON.stringify({ ...event, ...more });
      return [line, line, bodyOf([{ ...event, ...more }]), line];
    },
  );
  assert.deepEqual(read(`${lines.join('\n')}\n`).items, readAlone(lines));
});

test('fields that are called as what every object has do no harm', () => {
  const lines = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'].flatMap((name) =>
    [1, 2, 3].map(
      (value) =>
        `{"event_type":"codex_hook_run","event_params":{"thread_id":"a","turn_id":"t","status":"completed","${name}":${value}}}`,
    ),
  );
  assert.deepEqual(read(`${lines.join('\n')}\n`).items, readAlone(lines));
});

test('a familiar line that is cut off anywhere, or goes on, is rejected as any other', () => {
  const [first, second] = [bodyOf(sampleEvents.slice(0, 1)), JSON.stringify(sampleEvents[0])];
  const lines = [
    first,
    second,
    ...[first, second].flatMap((line) => [1, 2, 3, 4, 100].map((cut) => line.slice(0, -cut))),
    `${first}}`,
    `${first} `,
    `${second},`,
    `${first}${second}`,
    first.replace(']}', ',]}'),
    ...[']]', '}}', '  ', ']1'].map((end) => first.slice(0, -2) + end),
  ];
  assertSame(read(`${lines.join('\n')}\n`).items, readAlone(lines));
});

test('a familiar line ends what a collector wrote before it', () => {
  const event = JSON.stringify(sampleEvents[0]);
  const collected =
    'INFO | 2026-04-09 17:35:50 | app | track:526 | Tracked analytics event codex_hook_run thread_id=t hook_name=Stop';
  const lines = [event, collected, event, event];
  assertSame(read(`${lines.join('\n')}\n`).items, readAlone(lines));
});

test('lines of which something is unknown, wrong, repaired or damaged give what they give when each is read alone', () => {
  // Few different ones, so that many look like an earlier one.
  const types = new Set(sampleEvents.map(({ event_type: type }) => type));
  const some = [...types].flatMap((type) => sampleEvents.filter(({ event_type: its }) => its === type).slice(0, 2));
  const event = fc
    .record({
      index: fc.nat(some.length - 1),
      steps: fc.array(fc.nat(80), { minLength: 3, maxLength: 3 }),
      value: strangeValue,
      isChanged: fc.boolean(),
    })
    .map(({ index, steps, value, isChanged }) =>
      isChanged ? changed(some[index], [1, ...steps], value) : some[index],
    );
  const line = fc.oneof(
    { weight: 4, arbitrary: fc.array(event, { minLength: 1, maxLength: 3 }).map(bodyOf) },
    { weight: 2, arbitrary: event.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: fc.constantFrom(...oddLog) },
    { weight: 1, arbitrary: event.map((each) => `${bodyOf([each])}\r`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          event,
          fc.oneof(
            fc.nat(2000),
            fc.nat(5).map((cut) => -cut),
          ),
        )
        .map(([each, end]) => bodyOf([each]).slice(0, end)),
    },
    { weight: 1, arbitrary: event.map((each) => JSON.stringify({ more: 1, events: [each] })) },
    { weight: 1, arbitrary: event.map((each) => JSON.stringify({ events: [each] }, null, 1).replaceAll('\n', '')) },
  );
  let familiar = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 30, maxLength: 60 }), (lines) => {
      const all = [bodyOf(sampleEvents.slice(0, 1)), ...lines];
      const together = read(`${all.join('\n')}\n`);
      familiar += together.familiar;
      assertSame(together.items, readAlone(all));
    }),
    { numRuns: 60 },
  );
  assert.ok(familiar > 300, `${familiar} lines were familiar`);
});

test('a log whose lines never look alike is read all the same, and after a while no line is learnt', () => {
  const unlike = Array.from({ length: 2000 }, (_, index) =>
    JSON.stringify({ event_type: 'codex_hook_run', event_params: { status: 'completed', [`key${index}`]: index } }),
  );
  const lines = [...unlike, ...unlike.slice(-2)];
  const { items, familiar } = read(`${lines.join('\n')}\n`);
  assertSame(items, readAlone(lines));
  assert.equal(familiar, 0);
});

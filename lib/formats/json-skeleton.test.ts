import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lookedAt, Skeleton, type Accepts } from './json-skeleton.ts';

const anything: Accepts = () => true;
const skeletonOf = (value: object, acceptsAt: () => Accepts | null = () => anything): Skeleton<object> => {
  const skeleton = Skeleton.of(structuredClone(value), acceptsAt);
  assert.ok(skeleton);
  return skeleton;
};
/** Reads a text that stands after another one and before a line break. */
function read(skeleton: Skeleton<object>, text: string): boolean {
  const before = '{"é":1}\n';
  const bytes = Buffer.from(`${before}${text}\n${text}`);
  const end = skeleton.read(lookedAt(bytes), Buffer.byteLength(before));
  return end === Buffer.byteLength(before) + Buffer.byteLength(text);
}

const leaf = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    'é',
    '€uro',
    'plain',
    '"',
    '\\',
    '\u007f',
    '\n',
    '',
    0,
    -0,
    1,
    12,
    123,
    999_999_999_999_999,
    1_000_000_000_000_000,
    1e21,
    'null',
    'x'.repeat(70),
  ),
);
const shaped = (a: unknown, b: unknown, c: unknown, d: unknown): object => ({
  type: a,
  nested: { b, empty: {}, list: [c, { d }] },
  last: a,
});
const values = fc.tuple(leaf, leaf, leaf, leaf).map((leaves) => shaped(...leaves));

test('a text that is read against a skeleton is what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 12 }), ([first = {}, ...rest]) => {
      // As it comes out of a log: JSON knows no -0 beside 0, and no infinity.
      const learnt: object = JSON.parse(JSON.stringify(first));
      const skeleton = Skeleton.of(learnt, () => anything);
      if (!skeleton) return;
      for (const value of rest) {
        const text = JSON.stringify(value);
        if (read(skeleton, text)) assert.deepEqual(skeleton.value, JSON.parse(text));
      }
    }),
    { numRuns: 4000 },
  );
});

test('plain values are read, and what differs from them is not: escapes, fractions, large numbers, another type of container', () => {
  const skeleton = skeletonOf({ name: 'a', count: 1 });
  for (const value of [
    { name: 'ab', count: 1 },
    { name: 'b', count: 12 },
    { name: 'b', count: 1 },
    { name: null, count: true },
    { name: '', count: -7 },
    { name: 'añb', count: 0 },
    { name: 'ab', count: null },
  ]) {
    assert.ok(read(skeleton, JSON.stringify(value)), JSON.stringify(value));
    assert.deepEqual(skeleton.value, value);
  }
  const last = skeleton.value;
  const kept = structuredClone(last);
  for (const text of [
    '{"name":"a\\n","count":1}',
    '{"name":"a","count":1.5}',
    '{"name":"a","count":1e3}',
    '{"name":"a","count":01}',
    '{"name":"a","count":-0}',
    '{"name":"a","count":9007199254740993}',
    '{"name":["a"],"count":1}',
    '{"name":"a", "count":1}',
    '{"count":1,"name":"a"}',
    '{"name":"a","count":1,"more":1}',
    '{"name":"a","count":}',
    '{"name":"a","count":1',
    '{"name":"a',
    '',
    '{"name":"a\u0001","count":1}',
    '{"name":nul,"count":1}',
    '{"name":"a"b,"count":1}',
    '{"name":"ab"c","count":1}',
  ]) {
    assert.equal(read(skeleton, text), false, text);
    assert.deepEqual(skeleton.value, kept, `${text} must leave the value as it was`);
  }
});

test('no damage to a text is overlooked', () => {
  const whole = JSON.stringify(shaped('completed', 42, null, 'ünïcode'));
  const piece = fc.oneof(
    fc.constantFrom('', '"', '"x"', ',', '{', ']', '\\', '0', '-', '.5', 'e1', 'null', 'é', ' '),
    fc.nat(127).map((code) => String.fromCharCode(code)),
  );
  const damage = fc.record({ place: fc.nat(whole.length), removed: fc.nat(3), piece });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), fc.boolean(), (damages, isSame) => {
      const text = damages.reduce(
        (before, { place, removed, piece: put }) => before.slice(0, place) + put + before.slice(place + removed),
        whole,
      );
      const skeleton = skeletonOf(isSame ? shaped('completed', 42, null, 'unicode') : shaped('failed', 7, 'x', 'y'));
      if (read(skeleton, text)) assert.deepEqual(skeleton.value, JSON.parse(text));
    }),
    { numRuns: 10_000 },
  );
});

test('a place may accept only some values, or only the one that it has', () => {
  const skeleton = Skeleton.of({ type: 'turn', status: 'failed' }, ([key]) =>
    key === 'type' ? null : (value) => value === 'failed' || value === 'completed',
  );
  assert.ok(skeleton);
  assert.equal(read(skeleton, '{"type":"turn","status":"completed"}'), true);
  assert.equal(read(skeleton, '{"type":"turn","status":"strange"}'), false);
  assert.deepEqual(skeleton.value, { type: 'turn', status: 'completed' });
  assert.equal(read(skeleton, '{"type":"hook","status":"failed"}'), false);
  assert.equal(read(skeleton, '{"type":"turn","status":"failed"}'), true);
  assert.deepEqual(skeleton.value, { type: 'turn', status: 'failed' });
});

test('what is too large, too deep or has a key that means something has no skeleton', () => {
  const of = (value: object): unknown => Skeleton.of(value, () => anything);
  assert.equal(of({ text: 'x'.repeat(20_000) }), null);
  assert.equal(of(JSON.parse('{"__proto__":{"a":1}}')), null);
  assert.equal(of(JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`)), null);
  assert.equal(of(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index]))), null);
  assert.equal(Object.hasOwn(Object.prototype, 'a'), false);
  assert.equal(
    read(skeletonOf({ text: 'x' }), JSON.stringify({ text: 'x'.repeat(20_000) })),
    false,
    'nor does one grow to such a size',
  );
});

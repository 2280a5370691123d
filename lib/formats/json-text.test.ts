import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { elementSpans, isNestedDeeperThan, LineCount, memberSpan } from './json-text.ts';

const spaced = (value: unknown, indent: number): string => JSON.stringify(value, null, indent);

test('the elements of any array lie where the spans say', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (values, indent) => {
      const text = spaced(values, indent);
      assert.deepEqual(
        elementSpans(text, 0).map(({ start, end }) => JSON.parse(text.slice(start, end))),
        JSON.parse(text),
      );
    }),
  );
});

test('the value of any key lies where the span says', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
      fc.constantFrom(0, 2),
      (value, indent) => {
        const text = spaced(value, indent);
        for (const [key, member] of Object.entries(JSON.parse(text))) {
          const span = memberSpan(text, key);
          assert.ok(span);
          assert.deepEqual(JSON.parse(text.slice(span.start, span.end)), member);
        }
      },
    ),
  );
});

test('of a key that stands twice the last one counts, an escaped key is known, and a missing one is not found', () => {
  const text = '{"a":1, "\\u0061" : [2] }';
  const span = memberSpan(text, 'a');
  assert.equal(span && text.slice(span.start, span.end), '[2]');
  assert.equal(memberSpan(text, 'b'), null);
});

test('nesting is measured outside of strings', () => {
  assert.equal(isNestedDeeperThan(`${'['.repeat(50)}${']'.repeat(50)}`, 49), true);
  assert.equal(isNestedDeeperThan(`${'['.repeat(50)}${']'.repeat(50)}`, 50), false);
  assert.equal(isNestedDeeperThan(JSON.stringify('['.repeat(100)), 10), false);
});

test('a position stands on the line that as many breaks come before', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n') }), fc.array(fc.nat(30)), (text, positions) => {
      const lines = new LineCount(text, 7);
      for (const position of positions.toSorted((a, b) => a - b))
        assert.equal(lines.at(position), 7 + text.slice(0, position).split('\n').length - 1);
    }),
  );
});

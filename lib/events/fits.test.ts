import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catalogue } from './catalogue.ts';
import { fits } from './fits.ts';

const strange = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    '',
    'x',
    0,
    -1,
    1.5,
    2 ** 53,
    1795348971,
    true,
    [],
    ['a'],
    [1],
    {},
    { type: 'shell' },
    { type: 5 },
    'y'.repeat(600),
    Number.NaN,
  ),
  fc.anything(),
);

test('the quick check of every event type agrees with its schema', () => {
  for (const { schema } of new Set(catalogue.values())) {
    const check = fits(schema);
    const good: Record<string, unknown> = {
      thread_id: 't',
      turn_id: 'u',
      item_id: 'i',
      review_id: 'r',
      started_at_ms: 1,
    };
    const fields = Object.keys(schema.shape);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), strange, { maxKeys: 3 }), (changes) => {
        const value = { ...good, ...changes };
        assert.equal(check(value), schema.safeParse(value).success);
      }),
      { numRuns: 200 },
    );
  }
});

test('what is no object does not fit', () => {
  for (const { schema } of catalogue.values())
    for (const value of [null, undefined, 'text', 5, [], [{}]]) assert.equal(fits(schema)(value), false);
});

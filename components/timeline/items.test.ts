import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { itemsBetween, itemsOf, itemsOn, type Draft } from './items.ts';

const lanes = 4;
const drafts = fc
  .array(fc.record({ lane: fc.nat(lanes - 1), from: fc.nat(1000), length: fc.option(fc.nat(300)) }))
  .map((all) =>
    all.map(({ lane, from, length }, record): Draft => ({
      lane,
      from,
      to: length === null ? null : from + length,
      record,
      kind: 'turn',
      status: null,
      own: true,
    })),
  );

test('every lane has its own, by beginning', () => {
  fc.assert(
    fc.property(drafts, (all) => {
      const items = itemsOf(all, lanes);
      for (let lane = 0; lane < lanes; lane++) {
        const own = itemsOn(items, lane);
        assert.deepEqual(
          own.map(({ record }) => record).sort(),
          all.flatMap((draft, record) => (draft.lane === lane ? [record] : [])).sort(),
        );
        assert.deepEqual(
          own.map(({ from }) => from),
          own.map(({ from }) => from).toSorted((one, other) => one - other),
        );
      }
    }),
  );
});

test('no item that lies within a span is outside of the stretch that is found for it', () => {
  fc.assert(
    fc.property(drafts, fc.nat(1300), fc.nat(400), (all, start, length) => {
      const items = itemsOf(all, lanes);
      for (let lane = 0; lane < lanes; lane++) {
        const [low, high] = itemsBetween(items, lane, start, start + length);
        for (const { index, from, to } of itemsOn(items, lane))
          if (from <= start + length && (to ?? from) >= start) assert.ok(index >= low && index < high);
      }
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  measureCompactions,
  type CompactionMeasure,
  type MeasuredCompaction,
  type MeasuredTurn,
} from './compaction-measures.ts';

const second = 1000;
const turn = (place: number, input: number | null, ...compactions: readonly MeasuredCompaction[]): MeasuredTurn => ({
  place,
  input,
  endedAt: place * 10 * second + 5 * second,
  compactions,
});
const compaction = (
  eventId: number,
  before: number | null,
  more: Partial<MeasuredCompaction> = {},
): MeasuredCompaction => ({ eventId, before, completed: true, startedAt: null, endedAt: null, ...more });
const refillOf = (
  measures: readonly CompactionMeasure[],
  eventId: number,
): readonly [number | null, number | null] | undefined => {
  const found = measures.find((measure) => measure.eventId === eventId);
  return found && [found.refillTurns, found.refillMs];
};

test('a compaction refills in the first later turn that has as much input', () => {
  const at = { startedAt: 12 * second, endedAt: 13 * second };
  assert.deepEqual(
    refillOf(
      measureCompactions([turn(1, 90, compaction(1, 80, at)), turn(2, 40), turn(3, 79), turn(4, 80), turn(5, 200)]),
      1,
    ),
    [3, 32 * second],
  );
});

test('the turn of the compaction says nothing of its refill, and a turn without a say is passed over', () => {
  assert.deepEqual(measureCompactions([turn(1, 500, compaction(1, 80)), turn(2, null), turn(3, 79)]), []);
});

test('a later compaction shows how full the context was, in the same turn too, and whatever became of it', () => {
  const measures = measureCompactions([
    turn(1, 10, compaction(1, 80, { endedAt: 1000 }), compaction(2, 90, { startedAt: 1500, endedAt: 1600 })),
    turn(2, 20, compaction(3, 95, { completed: false, startedAt: 5000 })),
  ]);
  assert.deepEqual(
    measures.map(({ eventId, refillTurns, refillMs }) => [eventId, refillTurns, refillMs]),
    [
      [1, 0, 500],
      [2, 1, 3400],
      [3, null, null],
    ],
  );
});

test('one that failed refills nothing, and neither does one without its tokens', () => {
  assert.deepEqual(
    measureCompactions([turn(1, 1, compaction(1, 80, { completed: false }), compaction(2, null)), turn(2, 500)]),
    [],
  );
});

test('a turn may end in the second in which the compaction ended; what ends before cannot be right', () => {
  const ends = (endedAt: number): readonly [number | null, number | null] | undefined =>
    refillOf(measureCompactions([turn(1, 1, compaction(1, 5, { endedAt })), turn(2, 5)]), 1);
  assert.deepEqual(ends(25_400), [1, 0]);
  assert.deepEqual(ends(26_400), [1, null]);
});

const storming = (...places: readonly number[]): string[] =>
  measureCompactions(places.map((place, index) => turn(place, null, compaction(index, null)))).map(
    ({ eventId, beginsStorm }) => `${beginsStorm ? '+' : ''}${eventId}`,
  );

test('three compactions within ten turns are a storm, two or a wider span are not', () => {
  assert.deepEqual(storming(1, 5, 10), ['+0', '1', '2']);
  assert.deepEqual(storming(1, 5, 11), []);
  assert.deepEqual(storming(1, 2), []);
  assert.deepEqual(storming(0, 0, 0), ['+0', '1', '2']);
});

test('storms that share a compaction are one, others are counted apart', () => {
  assert.deepEqual(storming(1, 5, 9, 14, 18), ['+0', '1', '2', '3', '4']);
  assert.deepEqual(storming(1, 2, 3, 20, 21, 22), ['+0', '1', '2', '+3', '4', '5']);
  assert.deepEqual(storming(1, 5, 10, 15, 24), ['+0', '1', '2']);
});

/** Finds the same refills by comparing every pair. */
function refillsByPairs(turns: readonly MeasuredTurn[]): string[] {
  const said = turns.flatMap(({ place, input, compactions }, number) => [
    ...compactions.map((each) => ({ number, place, tokens: each.before, compaction: each })),
    { number, place, tokens: input, compaction: null },
  ]);
  return said.flatMap(({ number, place, compaction: made }, index) => {
    if (!made?.completed || made.before === null) return [];
    const { before } = made;
    const full = said.find(
      (other, at) =>
        at > index &&
        other.tokens !== null &&
        other.tokens >= before &&
        (other.compaction !== null || other.number > number),
    );
    return full ? [`${made.eventId}: ${full.place - place}`] : [];
  });
}

test('any run of turns gives the refills that looking at every pair gives', () => {
  const tokens = fc.option(fc.integer({ min: 0, max: 9 }));
  const made = fc.array(fc.record({ before: tokens, completed: fc.boolean() }), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.record({ input: tokens, made, reported: fc.boolean() }), { maxLength: 30 }), (drafts) => {
      let [place, eventId] = [0, 0];
      const turns = drafts.map(({ input, made: compactions, reported }) =>
        turn(
          reported ? ++place : place,
          reported ? input : null,
          ...compactions.map((each) => compaction(eventId++, each.before, each)),
        ),
      );
      const found = measureCompactions(turns).flatMap(({ eventId: id, refillTurns }) =>
        refillTurns === null ? [] : [`${id}: ${refillTurns}`],
      );
      assert.deepEqual(found, refillsByPairs(turns));
    }),
  );
});

test('five thousand turns that each compact are measured at once', () => {
  const turns = Array.from({ length: 5000 }, (_, index) =>
    turn(index, 5000 - index, compaction(index, 100_000 - index)),
  );
  assert.equal(
    measureCompactions([...turns, turn(5000, 100_000)]).filter(({ refillTurns }) => refillTurns !== null).length,
    5000,
  );
});

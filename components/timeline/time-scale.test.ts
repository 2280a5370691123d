import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldedGaps, placeOf, scaleWidth, timeAt, timeScale } from './time-scale.ts';

/** A scale of any gaps, each after some shown time, and a way to draw it. */
const scales = fc
  .record({
    from: fc.integer({ min: 0, max: 2e12 }),
    first: fc.integer({ min: 0, max: 1e6 }),
    steps: fc.array(fc.record({ gap: fc.integer({ min: 1, max: 1e9 }), shown: fc.integer({ min: 1, max: 1e7 }) }), {
      maxLength: 12,
    }),
    perMs: fc.double({ min: 1e-6, max: 4, noNaN: true }),
    gapWidth: fc.double({ min: 1, max: 40, noNaN: true }),
  })
  .map(({ from, first, steps, perMs, gapWidth }) => {
    const gaps: { from: number; to: number }[] = [];
    let to = from + first;
    for (const step of steps) {
      gaps.push({ from: to, to: to + step.gap });
      to += step.gap + step.shown;
    }
    return { scale: timeScale({ from, to }, gaps), zoom: { perMs, gapWidth }, gaps, from, to: Math.max(to, from + 1) };
  });

test('later times are drawn further right', () => {
  fc.assert(
    fc.property(
      scales,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 }),
      ({ scale, zoom, from, to }, shares) => {
        const places = shares
          .toSorted((one, other) => one - other)
          .map((share) => placeOf(scale, zoom, from + share * (to - from)));
        places.forEach((place, index) => assert.ok(index === 0 || place >= (places[index - 1] ?? 0) - 1e-6));
      },
    ),
  );
});

test('what is drawn at the place of a time is that time', () => {
  fc.assert(
    fc.property(scales, fc.double({ min: -0.2, max: 1.2, noNaN: true }), ({ scale, zoom, from, to }, share) => {
      const time = from + share * (to - from);
      const place = placeOf(scale, zoom, time);
      assert.ok(Math.abs(placeOf(scale, zoom, timeAt(scale, zoom, place)) - place) < 1e-3);
      // A pixel may stand for hours, above all within a folded gap.
      assert.ok(Math.abs(timeAt(scale, zoom, place) - time) < Math.max(1, (to - from) * 1e-6));
    }),
  );
});

test('folded gaps are as wide as each other, whatever their length, and nothing else is folded', () => {
  fc.assert(
    fc.property(scales, ({ scale, zoom, gaps, from, to }) => {
      assert.deepEqual(foldedGaps(scale), gaps);
      for (const gap of gaps)
        assert.ok(Math.abs(placeOf(scale, zoom, gap.to) - placeOf(scale, zoom, gap.from) - zoom.gapWidth) < 1e-3);
      assert.ok(Math.abs(placeOf(scale, zoom, to) - scaleWidth(scale, zoom)) < 1e-3);
      assert.equal(placeOf(scale, zoom, from), 0);
    }),
  );
});

test('something without a length has a scale all the same', () => {
  const scale = timeScale({ from: 5, to: 5 }, []);
  assert.equal(scale.shown, 1);
  assert.equal(timeAt(scale, { perMs: 100, gapWidth: 1 }, placeOf(scale, { perMs: 100, gapWidth: 1 }, 5)), 5);
});

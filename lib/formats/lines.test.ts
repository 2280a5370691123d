import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineFramer, type Line } from './lines.ts';

type ReadLine = Pick<Line, 'number' | 'problem'> & { readonly text: string };
const read = (line: Line): ReadLine => ({
  number: line.number,
  problem: line.problem,
  text: line.problem === undefined ? line.text : line.excerpt,
});
function frame(pieces: readonly Uint8Array[], limit = 1 << 20): ReadLine[] {
  const framer = new LineFramer(limit);
  return [...pieces.flatMap((piece) => [...framer.push(piece)].map(read)), ...[...framer.end()].map(read)];
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (lines: readonly ReadLine[]): string[] => lines.map((line) => line.problem ?? line.text);

test('LF, CRLF, a byte order mark, blank lines and a last line without a break', () => {
  assert.deepEqual(texts(frame([bytes('\ufeffone\r\ntwo\n\nlast')])), ['one', 'two', '', 'last']);
  assert.deepEqual(
    frame([bytes('a\nb')]).map(({ number }) => number),
    [1, 2],
  );
  assert.deepEqual(frame([]), []);
});

test('a line of invalid UTF-8 is named, and the lines around it are read', () => {
  assert.deepEqual(texts(frame([new Uint8Array([0x61, 10, 0xff, 0xfe, 10, 0x62, 10])])), ['a', 'invalid_utf8', 'b']);
});

test('a line beyond the limit is passed over, and counted once', () => {
  const long = 'x'.repeat(3 << 20);
  assert.deepEqual(texts(frame([bytes(`a\n${long}\nb`)], 1 << 10)), ['a', 'line_too_long', 'b']);
  assert.deepEqual(texts(frame([bytes(`a\n${long}`)], 1 << 10)), ['a', 'line_too_long']);
  assert.deepEqual(texts(frame([bytes(`a\n${'é'.repeat(600)}\nb`)], 1 << 10)), ['a', 'line_too_long', 'b']);
});

test('any cut of the bytes gives the same lines', () => {
  const content = fc
    .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('\n', '\r\n', 'é', '€', '\ufeff')), {
      maxLength: 30,
    })
    .map((parts) => Buffer.from(parts.join('')));
  const raw = fc.uint8Array({ maxLength: 60 });
  fc.assert(
    fc.property(fc.oneof(content, raw), fc.array(fc.nat(60)), fc.constantFrom(8, 1 << 20), (log, cuts, limit) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, log.length)).sort((a, b) => a - b), log.length];
      const pieces = places.slice(1).map((end, index) => log.subarray(places[index], end));
      assert.deepEqual(frame(pieces, limit), frame([log], limit));
    }),
  );
});

test('blocks larger than the framer takes at once are cut the same', () => {
  const log = bytes(Array.from({ length: 60_000 }, (_, index) => `line ${index} ${'é'.repeat(index % 40)}`).join('\n'));
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < log.length; at += 65_537) pieces.push(log.subarray(at, at + 65_537));
  assert.deepEqual(frame(pieces), frame([log]));
});

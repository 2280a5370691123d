import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPythonLiteral } from './python-literal.ts';

const read = (text: string, nesting = 100) => readPythonLiteral(text, nesting);
function jsonOf(text: string): string {
  const literal = read(text);
  assert.equal(literal.kind, 'read', text);
  return literal.kind === 'read' ? literal.json : '';
}
/**
 * Returns a JSON text's tokens: each number with all its digits, each string as what it says. The values of
 * `JSON.parse` are not compared: Node 24 reads an escaped key as `\\` when it has met that key before
 * (https://github.com/nodejs/node/issues/63785).
 */
const tokensOf = (json: string): unknown[] =>
  (json.match(/"(?:[^"\\]|\\.)*"|[^"]+/g) ?? []).map((token) =>
    token.startsWith('"') ? { string: JSON.parse(token) } : token,
  );

test('what a real Python writes is read as what it wrote, to the last digit', async () => {
  const lines = (await readFile(path.join(import.meta.dirname, 'python-literals.jsonl'), 'utf8')).trimEnd().split('\n');
  assert.equal(lines.length, 1906);
  for (const line of lines) {
    const { repr, json } = JSON.parse(line);
    JSON.parse(jsonOf(repr));
    assert.deepEqual(tokensOf(jsonOf(repr)), tokensOf(json), repr);
  }
});

test('every escape, in both kinds of quotes', () => {
  for (const quote of ["'", '"']) {
    const spelled = String.raw`\n\t\r\\\'\"\a\b\f\v\x41\xe9\u20ac\U0001f600\ud800\0\7\101\777\d\é`;
    const meant = '\n\t\r\\\'"\u0007\b\f\vAé€😀\ud800\0\u0007A\u01ff\\d\\é';
    assert.equal(JSON.parse(jsonOf(`${quote}${spelled}${quote}`)), meant);
  }
  for (const unknown of [String.raw`\x4g`, String.raw`\u12`, String.raw`\U00110000`, String.raw`\N{DASH}`])
    assert.equal(read(`['${unknown}', '']`).kind, 'invalid', unknown);
});

test('what is no literal is told apart from one that is cut off, with its place', () => {
  for (const cut of ['', '{', "{'a", "{'a'", "{'a': ", '[Tru', '[-', '[1.', "['a\\", "['\\u12", '[b', '(1,'])
    assert.equal(read(cut).kind, 'truncated', cut);
  for (const [text, at] of [
    ['[1, x]', 4],
    ['{1, 2}', 2],
    ['[1}', 2],
    ['(1)', 2],
    ['[01]', 2],
    ['[1j]', 2],
    ["{'é': null}", 6],
    ['{[]: 1}', 1],
    ['[,]', 1],
    ["{'a' 1}", 5],
    ["['a' 'b']", 5],
  ] as const) {
    assert.deepEqual(read(text), { kind: 'invalid', at }, text);
  }
});

test('what stands behind a literal is given back, and nesting is bounded', () => {
  assert.deepEqual(read('[1, 2,] | é'), { kind: 'read', json: '[1,2]', rest: ' | é' });
  assert.equal(read('['.repeat(100) + ']'.repeat(100)).kind, 'read');
  assert.equal(read('['.repeat(101) + ']'.repeat(101)).kind, 'nested_too_deep');
  assert.equal(read('['.repeat(1_000_000), 2_000_000).kind, 'truncated');
});

test('a long text and its escapes come out whole', () => {
  const long = 'é\'"\\\u0001€'.repeat(50_000);
  assert.equal(JSON.parse(jsonOf(`'${long.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)), long);
});

/** One character in one of the ways in which Python may write it. */
const character = fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.nat(3)).map(([meant, way]) => {
  const code = meant.codePointAt(0) ?? 0;
  if (way === 1) return { meant, spelled: `\\U${code.toString(16).padStart(8, '0')}` };
  if (way === 2 && code < 0x10000) return { meant, spelled: `\\u${code.toString(16).padStart(4, '0')}` };
  if (way === 3 && code < 256) return { meant, spelled: `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` };
  return { meant, spelled: meant === '\\' || meant === "'" ? `\\${meant}` : meant };
});
interface Spelled {
  readonly json: string;
  readonly spelled: string;
}
const string = fc.array(character, { maxLength: 8 }).map((parts): Spelled => ({
  json: JSON.stringify(parts.map(({ meant }) => meant).join('')),
  spelled: `'${parts.map(({ spelled }) => spelled).join('')}'`,
}));
const word = fc.constantFrom<Spelled>(
  { json: 'null', spelled: 'None' },
  { json: 'true', spelled: 'True' },
  { json: 'false', spelled: 'False' },
);
const number = fc
  .oneof(fc.integer(), fc.bigInt(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((meant): Spelled => ({ json: String(meant), spelled: String(meant) }));
const { value } = fc.letrec<{ value: Spelled }>((tie) => {
  const values = fc.array(tie('value'), { maxLength: 4 });
  const list = (all: readonly Spelled[]): string => `[${all.map(({ json }) => json).join(',')}]`;
  return {
    value: fc.oneof(
      { depthSize: 'small' },
      string,
      word,
      number,
      values.map((all) => ({ json: list(all), spelled: `[${all.map(({ spelled }) => spelled).join(', ')}]` })),
      values.map((all) => ({ json: list(all), spelled: `(${all.map(({ spelled }) => `${spelled},`).join(' ')})` })),
      fc.array(fc.tuple(string, tie('value')), { maxLength: 4 }).map((all) => ({
        json: `{${all.map(([key, member]) => `${key.json}:${member.json}`).join(',')}}`,
        spelled: `{${all.map(([key, member]) => `${key.spelled}: ${member.spelled}`).join(', ')}}`,
      })),
    ),
  };
});

test('any value in any spelling is read as what it means', () => {
  fc.assert(fc.property(value, ({ json, spelled }) => assert.deepEqual(tokensOf(jsonOf(spelled)), tokensOf(json))));
});

test('whatever ends too early is cut off, and whatever is read is JSON', () => {
  fc.assert(
    fc.property(value, fc.nat(), ({ spelled }, cut) => {
      const text = `[${spelled}]`;
      assert.equal(read(text.slice(0, cut % text.length)).kind, 'truncated');
    }),
  );
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        ',',
        ':',
        "'",
        '"',
        '\\',
        'None',
        'True',
        '-',
        '1',
        '1e5',
        ' ',
        "b'",
        '\\x4',
      ),
      fc.string({ maxLength: 2 }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const literal = read(parts.join(''));
      if (literal.kind === 'read') JSON.parse(literal.json);
    }),
    { numRuns: 2000 },
  );
});

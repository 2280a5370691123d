import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstPieces, jsonPieces, partsAround } from './json-text.ts';

const shown = (json: string): string => [...jsonPieces(json)].map(({ text }) => text).join('');

test('JSON is indented as JSON.stringify would do it', () => {
  const json = '{"a":[1,{"b":null},[],{}],"c":"x, {y}: \\"z\\"","d":true}';
  assert.equal(shown(json), JSON.stringify(JSON.parse(json), null, 2));
});

test('no digit is rounded and no repeated key is lost', () => {
  assert.equal(shown('{"n":12345678901234567890.10,"n":1E400}'), '{\n  "n": 12345678901234567890.10,\n  "n": 1E400\n}');
});

test('keys and texts are told apart', () => {
  const kinds = [...jsonPieces('{"key":"text","list":["text"]}')]
    .filter(({ kind }) => kind !== 'sign')
    .map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual(kinds, ['key "key"', 'text "text"', 'key "list"', 'text "text"']);
});

test('deep nesting needs no recursion', () => {
  const deep = 50_000;
  assert.equal([...jsonPieces('['.repeat(deep) + ']'.repeat(deep))].filter(({ text }) => text === ']').length, deep);
});

test('text that is no JSON comes out all the same', () => {
  assert.equal(shown('{"cut": "here'), '{\n  "cut": "here');
  assert.equal(shown('{"cut": "here, {too}  and \\'), '{\n  "cut": "here, {too}  and \\');
});

test('of a long text the beginning is shown, within so many characters and pieces', () => {
  const first = (json: string, characters: number, pieces: number) => {
    const found = firstPieces(json, { characters, pieces });
    return [found.pieces.map(({ text }) => text).join(''), found.isAll];
  };
  const json = '{"a":"b, c","d":1}';
  const whole = '{\n  "a": "b, c",\n  "d": 1\n}';
  assert.deepEqual(first(json, 100, 100), [whole, true]);
  assert.deepEqual(first(json, json.length, 12), [whole, true]);
  assert.deepEqual(first(json, 9, 100), ['{\n  "a": "b, ', false]);
  assert.deepEqual(first(json, 100, 4), ['{\n  "a": ', false]);
  assert.equal(
    firstPieces(`["${'x'.repeat(32 << 20)}"]`, { characters: 10, pieces: 10 })
      .pieces.map(({ text }) => text)
      .join(''),
    '[\n  "xxxxxxxx',
  );
});

test('what is searched is cut out wherever it stands, in any case of its letters', () => {
  assert.deepEqual(partsAround('"Status": status', 'status'), ['"', 'Status', '": ', 'status', '']);
  assert.deepEqual(partsAround('none of it', 'x'), ['none of it']);
  assert.deepEqual(partsAround('', 'x'), ['']);
  assert.deepEqual(partsAround('İx', 'x'), ['İx'], 'a letter that grows in lower case leaves no place to tell');
});

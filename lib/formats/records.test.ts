import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineFramer } from './lines.ts';
import { RecordReader, type LogRecord } from './records.ts';

function read(log: string, limits = { lineBytes: 10_000, nesting: 20 }): LogRecord[] {
  const framer = new LineFramer(limits.lineBytes);
  const reader = new RecordReader(limits);
  return [...framer.push(Buffer.from(log)), ...framer.end()]
    .flatMap((line) => [...reader.push(line)])
    .concat([...reader.end()]);
}
const brief = (log: string) =>
  read(log).map((record) => [record.line, record.kind === 'broken' ? record.code : record.kind]);

test('each line is a record, blank lines are told apart, broken ones do not harm their neighbours', () => {
  assert.deepEqual(brief('{"a":1}\n\n{"b"\n{"c":3}'), [
    [1, 'value'],
    [2, 'blank'],
    [3, 'invalid_json'],
    [4, 'value'],
  ]);
});

test('a line that was cut off is told apart from one that is no JSON', () => {
  assert.deepEqual(brief('{"a":1}\n{"a":"tex'), [
    [1, 'value'],
    [2, 'truncated_json'],
  ]);
  assert.deepEqual(brief('<html>'), [[1, 'invalid_json']]);
});

test('whatever is JSON is read as such, numbers and words by themselves too', () => {
  for (const text of ['0', '-1.5e+3', '1E5', 'true', 'false', 'null', '"text"', '[]'])
    assert.deepEqual(brief(` ${text}\t`), [[1, 'value']], text);
  fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(brief(text), [[1, 'value']])));
  for (const text of ['2026-11-22 12:00:13 INFO', '1 2', 'nothing', 'Nov 22', '[2026]: x', '1.5.', '- 1'])
    assert.deepEqual(brief(text), [[1, 'invalid_json']], text);
});

test('a pretty-printed file is one record, and several may follow one another', () => {
  const pretty = JSON.stringify({ events: [{ a: 1 }] }, null, 2);
  const lines = pretty.split('\n').length;
  assert.deepEqual(brief(`${pretty}\n\n${pretty}\n`), [
    [1, 'value'],
    [lines + 1, 'blank'],
    [lines + 2, 'value'],
  ]);
});

test('a first line that only looks like the start of a pretty-printed value does not swallow the log', () => {
  assert.deepEqual(brief('{"events":[\n{"a":1}\n{"b":2}'), [
    [1, 'truncated_json'],
    [2, 'value'],
    [3, 'value'],
  ]);
});

test('a pretty-printed value that is never closed is one reject', () => {
  assert.deepEqual(brief('{\n  "events": [\n    {\n      "event_type": "x"'), [[1, 'truncated_json']]);
});

test('nesting beyond the limit is refused', () => {
  assert.deepEqual(brief(`${'['.repeat(30)}${']'.repeat(30)}\n{"a":1}`), [
    [1, 'nested_too_deep'],
    [2, 'value'],
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownFields, type KnownField } from '../../lib/events/known-fields.ts';
import { errorSentence, errorWords } from './error-words.ts';

const valuesOf = (known: KnownField | undefined): readonly string[] =>
  known !== null && known !== undefined && 'values' in known ? known.values : [];

test('every kind of error that Codex is known to send is spelled out', () => {
  const { turn_error, codex_error_kind } = knownFields.codex_turn_event ?? {};
  const kinds = [...valuesOf(turn_error), ...valuesOf(codex_error_kind)].filter((kind) => kind !== 'other');
  assert.ok(kinds.length > 50);
  assert.deepEqual(
    kinds.filter((kind) => errorWords(kind) === null),
    [],
  );
});

test('the exact kind is told before the general one, and an unknown one says that it says no more', () => {
  assert.equal(errorSentence({ error: 'other', errorKind: 'stream' }), 'The response broke off while streaming.');
  assert.equal(
    errorSentence({ error: 'contextWindowExceeded', errorKind: null }),
    'The context was larger than the model’s window.',
  );
  assert.equal(errorSentence({ error: 'somethingNew', errorKind: null }), 'Codex gives no details of this error.');
  assert.equal(errorSentence({ error: null, errorKind: null }), 'The log does not say what went wrong.');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSelection, selectionText, type Selection } from './selection.ts';

const id = fc.string({ minLength: 1 });
const selections: fc.Arbitrary<Selection> = fc.oneof(
  fc.record({ kind: fc.constant('thread' as const), threadId: id }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('turn' as const), threadId: id, turnId: id }, { noNullPrototype: true }),
  fc.record(
    { kind: fc.constant('event' as const), threadId: id, turnId: fc.option(id), eventId: id },
    { noNullPrototype: true },
  ),
);

test('what an address says is read back, whatever the ids hold', () => {
  fc.assert(
    fc.property(selections, (selection) => assert.deepEqual(readSelection(selectionText(selection)), selection)),
  );
});

test('an address that says something else selects nothing', () => {
  for (const text of [
    null,
    '',
    'thread',
    'thread.',
    'turn.a',
    'turn.a.',
    'event.a.b',
    'event.a.b.',
    'thread.a.b',
    'thread.%E0%A4%A',
    'moon.a',
  ])
    assert.equal(readSelection(text), null, String(text));
});

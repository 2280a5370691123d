import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idOfSegment, pathSegment, withoutDirections } from './path-segment.ts';

const hard = [
  '.',
  '..',
  '...',
  '~',
  '~.',
  '~..',
  '~~.',
  '~~..',
  '%2e',
  '%2E%2E',
  '~%2e',
  '/',
  '../..',
  'a?b#c',
  '50%',
  ' ',
  'é',
  '😀',
];

test('every id comes back out of an address, whoever normalises it on the way', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constantFrom(...hard),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.stringMatching(/^~{0,3}\.{0,3}$/),
      ),
      (id) => {
        fc.pre(id !== '' && id.isWellFormed());
        const { pathname } = new URL(`/threads/${pathSegment(id)}/turns/${pathSegment(id)}`, 'http://localhost');
        assert.deepEqual(pathname.split('/').map(decodeURIComponent).map(idOfSegment), [
          '',
          'threads',
          id,
          'turns',
          id,
        ]);
      },
    ),
  );
});

test('two ids never have the same segment, and a UUID stands as it is', () => {
  assert.equal(new Set(hard.map(pathSegment)).size, hard.length);
  assert.equal(pathSegment('019a0000-0000-7000-8000-000000000001'), '019a0000-0000-7000-8000-000000000001');
});

test('directions that a client sends as they are stand for ids', () => {
  for (const [target, path] of [
    ['/api/threads/.', '/api/threads/~.'],
    ['/api/threads/%2E%2e?from=x/../y', '/api/threads/~..?from=x/../y'],
    ['/a/./b/..', '/a/~./b/~..'],
    ['/a/...', '/a/...'],
    ['/', '/'],
  ] as const) {
    assert.equal(withoutDirections(target), path);
  }
});

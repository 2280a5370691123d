import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openDendro } from '../testing/dendro.ts';
import { columnText } from './column-text.ts';

const texts = [
  'plain',
  '',
  'a\u0000b',
  'a\u001fb',
  '\n',
  'a\u007fb',
  '\ufeffx',
  'x\ufeff',
  '\ud800',
  'x'.repeat(1000),
  'x'.repeat(1001),
  `${'x'.repeat(999)}\u{1f600}`,
  '\u{1f600}'.repeat(700),
  'é\r\n',
];

test('a text of a column stays as it is, holds no control character, and is well-formed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1200 }),
    fc.constantFrom(...texts),
    fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(text, (given) => {
      const once = columnText(given);
      assert.equal(columnText(once), once);
      assert.ok(once.isWellFormed() && once.length <= 1001 && !/[\u0000-\u001f\u007f]|^\ufeff/.test(once));
    }),
  );
});

test('a text is the same when it is appended, when it is asked for, and when it comes back', async () => {
  await using dendro = await openDendro();
  const { store } = dendro;
  await store.write((transaction) =>
    transaction.append(
      'rejects',
      texts.map((text, index) => [1, 0, index, text, text, null]),
    ),
  );
  const rows = await store.rows('SELECT code FROM rejects ORDER BY line');
  assert.deepEqual(
    rows.map(({ code }) => code),
    texts.map(columnText),
  );
  for (const [line, text] of texts.entries()) {
    assert.deepEqual(
      await store.rows('SELECT line FROM rejects WHERE code = $code AND line = $line', { code: text, line }),
      [{ line }],
    );
    assert.deepEqual(
      await store.rows('SELECT line FROM rejects WHERE list_contains($codes, code) AND line = $line', {
        codes: [text],
        line,
      }),
      [{ line }],
    );
  }
});

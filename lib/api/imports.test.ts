import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test, { after } from 'node:test';
import { ImportList } from '../queries/imports.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { answer } from './answer.ts';
import { ErrorBody } from './refusal.ts';

const dendro = await openDendro(sampleLog);
globalThis.dendro = dendro;
after(() => dendro[Symbol.asyncDispose]());

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const ask = (...digests: readonly string[]): Promise<Response> =>
  answer(
    new Request(`http://127.0.0.1:3000/api/imports?${new URLSearchParams(digests.map((each) => ['sha256', each]))}`),
  );

test('a client learns by their digests which logs are in', async () => {
  const other = Array.from({ length: 99 }, (_, index) => digest(String(index)));
  const { imports } = ImportList.parse(await (await ask(...other, digest(sampleLog))).json());
  assert.deepEqual(
    imports.map(({ sha256 }) => sha256),
    [digest(sampleLog)],
  );
  assert.deepEqual(ImportList.parse(await (await ask(...other)).json()), { imports: [], total: 0, nextCursor: null });
});

for (const [what, digests] of [
  ['none', ['']],
  ['a short one', ['abc']],
  ['capitals', [digest(sampleLog).toUpperCase()]],
  ['too many', Array.from({ length: 101 }, (_, index) => digest(String(index)))],
] as const) {
  test(`digests that are ${what} are refused by name`, async () => {
    const response = await ask(...digests);
    assert.equal(response.status, 400);
    const { error } = ErrorBody.parse(await response.json());
    assert.equal(error.code, 'bad_parameter');
    assert.match(error.message, /"sha256"/);
  });
}

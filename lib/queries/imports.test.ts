import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { BadCursor } from './cursor.ts';
import { importById, importList, rejectList } from './imports.ts';
import { summary } from './summary.ts';

const lines = sampleLog.split('\n').filter(Boolean);
const part = (from: number, to: number): string =>
  lines
    .slice(from, to)
    .map((line) => `${line}\n`)
    .join('');
const lineCount = lines.length;
const all = { limit: 1000 };

test('a log that has grown brings only what is new, and deleting the first leaves nothing out', async () => {
  await using dendro = await openDendro(part(0, 900), sampleLog);
  const {
    imports: [second, first],
  } = await importList(dendro.store, all);
  assert.ok(first && second);
  assert.equal(first.lines.total, 900);
  assert.equal(second.lines.total, lineCount);
  assert.equal(first.events.duplicate + second.events.duplicate, first.events.accepted + first.events.duplicate);
  assert.equal(first.events.accepted + second.events.accepted, 1292);
  await dendro.importer.delete([Number(first.id)]);
  const { imports: left } = await importList(dendro.store, all);
  assert.deepEqual(
    left.map(({ id, events }) => ({ id, ...events })),
    [{ id: second.id, accepted: 1292, duplicate: 0, unknown: 0, repaired: 0 }],
  );
});

test('imports are found by the digests of their bytes, each with its own events and rejects', async () => {
  const [whole, broken] = [part(0, 300), `{"broken\n${part(0, 200)}`];
  await using dendro = await openDendro(whole, part(300, 600), broken);
  const { imports: every } = await importList(dendro.store, all);
  assert.equal(every.length, 3);
  const digests = [broken, whole, 'what was never imported'].map((log) =>
    createHash('sha256').update(log).digest('hex'),
  );
  const wanted = async (sha256: readonly string[], limit = 1000) => importList(dendro.store, { limit, sha256 });
  assert.deepEqual(await wanted(digests), {
    imports: every.filter(({ sha256 }) => digests.includes(sha256 ?? '')),
    total: 2,
    nextCursor: null,
  });
  assert.deepEqual(
    (await wanted(digests)).imports.map(({ rejects }) => rejects.length),
    [1, 0],
  );
  const first = await wanted(digests, 1);
  assert.deepEqual([first.total, first.imports.map(({ id }) => id), first.nextCursor === null], [2, ['3'], false]);
  for (const none of [digests.slice(2), []])
    assert.deepEqual(await wanted(none), { imports: [], total: 0, nextCursor: null });
});

test('the pages of imports hold each of them once, newest first, also when some come and go meanwhile', async () => {
  await using dendro = await openDendro(...Array.from({ length: 7 }, (_, index) => part(index * 10, index * 10 + 10)));
  const first = await importList(dendro.store, { limit: 3 });
  assert.deepEqual([first.total, first.imports.map(({ id }) => id)], [7, ['7', '6', '5']]);
  assert.deepEqual(first.imports, (await importList(dendro.store, all)).imports.slice(0, 3));
  await dendro.take(part(100, 110));
  assert.deepEqual(await dendro.importer.delete([5, 4]), []);
  const second = await importList(dendro.store, { limit: 3, cursor: first.nextCursor ?? '' });
  assert.deepEqual([second.total, second.imports.map(({ id }) => id), second.nextCursor], [6, ['3', '2', '1'], null]);
  await assert.rejects(importList(dendro.store, { limit: 3, cursor: 'x' }), BadCursor);
});

test("an import's filter selects the records that came in with it, and the parts add up", async () => {
  await using dendro = await openDendro(part(0, 500), part(500, lineCount));
  const { imports } = await importList(dendro.store, all);
  const [whole, ...parts] = await Promise.all([
    summary(dendro.store, {}),
    ...imports.map(({ id }) => summary(dendro.store, { importId: [id] })),
  ]);
  assert.equal(whole?.events.total, 1292);
  for (const figure of ['compactions', 'hooks', 'guardian', 'events'] as const) {
    assert.equal(
      parts.reduce((sum, each) => sum + each[figure].total, 0),
      whole[figure].total,
      figure,
    );
  }
  assert.equal(
    parts.reduce((sum, each) => sum + each.tokens.total, 0),
    whole.tokens.total,
  );
  assert.deepEqual(await summary(dendro.store, { importId: imports.map(({ id }) => id) }), whole);
});

test('rejects come in the order of lines, page by page, and the import shows the first hundred', async () => {
  const broken = Array.from({ length: 130 }, (_, index) => `{"broken ${index}\n`).join('');
  await using dendro = await openDendro(broken + part(0, 10));
  const {
    imports: [found],
  } = await importList(dendro.store, all);
  assert.ok(found);
  assert.deepEqual(found, await importById(dendro.store, found.id));
  assert.equal(found.lines.rejected, 130);
  assert.deepEqual(
    found.rejects.map((reject) => reject.line),
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  const rejected: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await rejectList(dendro.store, found.id, { limit: 60, cursor });
    assert.ok(page);
    rejected.push(...page.rejects.map((reject) => reject.line));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(
    rejected,
    Array.from({ length: 130 }, (_, index) => index + 1),
  );
});

test('there is no import of an id that none has', async () => {
  await using dendro = await openDendro();
  assert.equal(await importById(dendro.store, '1'), null);
  assert.equal(await importById(dendro.store, 'x'), null);
  assert.equal(await rejectList(dendro.store, '1', { limit: 10 }), null);
});

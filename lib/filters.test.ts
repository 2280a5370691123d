import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { address } from '../components/links.ts';
import { threadKinds } from './filter-url.ts';
import { parseFilter, type Filter } from './filters.ts';
import { urlParameters } from './parameters.ts';

const parse = (query: string) => parseFilter(urlParameters(new URLSearchParams(query)));
const year = (text: string): number => Date.parse(`${text}-01-01T00:00:00Z`);
const time = fc.integer({ min: year('0000'), max: year('9999') });
const texts = fc.array(fc.string(), { minLength: 1 });
const filters: fc.Arbitrary<Filter> = fc.record(
  {
    from: time,
    to: time,
    threadKind: fc.array(fc.constantFrom(...threadKinds), { minLength: 1 }),
    model: texts,
    client: texts,
    codexVersion: texts,
    importId: fc.array(fc.nat(999_999_999).map(String), { minLength: 1 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const iso = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

test('every filter comes back from its address', () => {
  fc.assert(
    fc.property(filters, ({ from, to, ...lists }) => {
      const [, query = ''] = address('/', { ...lists, from: iso(from), to: iso(to) }).split('?');
      assert.deepEqual(parse(query), {
        ok: true,
        value: { ...lists, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
      });
    }),
  );
});

test('a list without values does not restrict and is not in the address', () => {
  assert.equal(address('/', { model: [], threadKind: [] }), '/');
});

test('times may be dates or have an offset', () => {
  assert.deepEqual(parse('from=2026-04-12&to=2026-04-12T15:20:00%2B02:00'), {
    ok: true,
    value: { from: 1_775_952_000_000, to: 1_776_000_000_000 },
  });
});

test("a page's own parameters are left to the page", () => {
  assert.deepEqual(parse('model=a&sort=-createdAt'), { ok: true, value: { model: ['a'] } });
});

for (const [query, parameter] of [
  ['from=yesterday', 'from'],
  ['to=2026-02-30', 'to'],
  ['from=2026-04-12T15:20:00', 'from'],
  ['from=2026-04-12&from=2026-04-13', 'from'],
  ['threadKind=users', 'threadKind'],
  ['importId=x', 'importId'],
  ['importId=1&importId=-1', 'importId'],
] as const) {
  test(`names the parameter that is wrong in "${query}"`, () => {
    const parsed = parse(query);
    assert.ok(!parsed.ok);
    assert.equal(parsed.error.code, 'bad_parameter');
    assert.equal(parsed.error.parameter, parameter);
    assert.match(parsed.error.message, new RegExp(`"${parameter}"`));
  });
}

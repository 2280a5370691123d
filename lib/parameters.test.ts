import assert from 'node:assert/strict';
import test from 'node:test';
import { z } from 'zod';
import { parseParameters, urlParameters } from './parameters.ts';

const schema = z.strictObject({
  size: z.coerce.number().int().default(3),
  name: z.string().meta({ description: 'It is a name.' }),
  tag: z.array(z.string()).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  at: z.array(z.coerce.number().int()).optional(),
});
const parse = (query: string) => parseParameters(schema, urlParameters(new URLSearchParams(query)));

test('reads single texts, lists and what is not given', () => {
  assert.deepEqual(parse('name=a&at=-1&at=007'), { ok: true, value: { size: 3, name: 'a', at: [-1, 7] } });
  assert.deepEqual(parse('name=a&tag=x&tag=y'), { ok: true, value: { size: 3, name: 'a', tag: ['x', 'y'] } });
  assert.deepEqual(parse('name=&size=7&tag=x'), { ok: true, value: { size: 7, name: '', tag: ['x'] } });
});

for (const [query, code, parameter, message] of [
  ['name=a&nmae=b', 'unknown_parameter', 'nmae', /no parameter "nmae" here\. Parameters: size, name, tag, order, at\./],
  ['name=a&name=b', 'bad_parameter', 'name', /"name" may be given only once/],
  ['name=a&size=ten', 'bad_parameter', 'size', /"size" is not valid: it must be a whole number\./],
  ['name=a&size=1.5', 'bad_parameter', 'size', /"size" is not valid: it must be a whole number\./],
  ...['', ' ', ' 7', '7 ', '0x10', '1e1', '7.0', '+7', '9'.repeat(400)].flatMap((number) =>
    (['size', 'at'] as const).map(
      (name) =>
        [
          `name=a&${name}=${encodeURIComponent(number)}`,
          'bad_parameter',
          name,
          /is not valid: it must be a whole number\./,
        ] as const,
    ),
  ),
  ['name=a&order=up', 'bad_parameter', 'order', /"order" is not valid: it must be one of asc, desc\./],
  ['name=a&order=', 'bad_parameter', 'order', /"order" is not valid: it must be one of asc, desc\./],
  ['name=a&order=asc&order=desc', 'bad_parameter', 'order', /"order" may be given only once/],
  ['size=7', 'bad_parameter', 'name', /"name" is missing\. It is a name\./],
  ['name=a&__proto__=b', 'unknown_parameter', '__proto__', /no parameter "__proto__"/],
  ['name=a&constructor=b', 'unknown_parameter', 'constructor', /no parameter "constructor"/],
] as const) {
  test(`names what is wrong in "${query}"`, () => {
    const parsed = parse(query);
    assert.ok(!parsed.ok);
    assert.equal(parsed.error.code, code);
    assert.equal(parsed.error.parameter, parameter);
    assert.match(parsed.error.message, message);
  });
}

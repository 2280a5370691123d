import { z } from 'zod';

/** Named parameters as they stand in a URL, each with all of its values. */
export type UrlParameters = Readonly<Record<string, string | readonly string[] | undefined>>;
/** The error in a URL's parameters: the first bad parameter by name, and what to do. */
export interface ParameterError {
  readonly code: 'unknown_parameter' | 'bad_parameter';
  readonly parameter: string;
  readonly message: string;
}
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ParameterError };

/** Returns the query of a URL as named parameters. */
export function urlParameters(query: URLSearchParams): UrlParameters {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of query) parameters.set(name, [...(parameters.get(name) ?? []), value]);
  // This makes even a parameter called `__proto__` a property like any other.
  return Object.fromEntries(parameters);
}

/** Returns the schema of a parameter that is given. */
function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
    inner = inner.unwrap();
  return inner;
}

/**
 * Returns a text in the type that `schema` takes. Texts that only JavaScript reads as a number, such as an empty text
 * or `0x10`, are refused.
 */
const given = (schema: z.core.$ZodType | undefined, text: string): string | number =>
  unwrapped(schema) instanceof z.ZodNumber ? (/^-?\d+$/.test(text) ? Number(text) : Number.NaN) : text;

/** Returns the allowed values of a parameter, where its schema has no words of its own. */
function allowed(issue: z.core.$ZodRawIssue): string | undefined {
  const { code } = issue;
  if (code === 'invalid_value')
    return `it must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
  if (code === 'invalid_type')
    return issue.expected === 'number' || issue.expected === 'int' ? 'it must be a whole number' : undefined;
  if (code !== 'too_big' && code !== 'too_small') return undefined;
  return `it must be ${code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`}${issue.origin === 'string' ? ' characters long' : ''}`;
}

/**
 * Reads the parameters that `schema` declares, and refuses all others. A parameter whose schema is an array may be
 * given more than once; every other one is a single text. The error's message names the parameter and what is allowed;
 * `elsewhere` are names that are read apart from these.
 */
export function parseParameters<S extends z.ZodObject>(
  schema: S,
  parameters: UrlParameters,
  elsewhere: readonly string[] = [],
): Parsed<z.output<S>> {
  const wrong = (code: ParameterError['code'], parameter: string, message: string): Parsed<z.output<S>> => ({
    ok: false,
    error: { code, parameter, message },
  });
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  const found = new Map<string, string | number | readonly (string | number)[]>();
  for (const [name, texts] of Object.entries(parameters)) {
    if (texts === undefined) continue;
    if (!Object.hasOwn(shape, name)) {
      return wrong(
        'unknown_parameter',
        name,
        `There is no parameter "${name}" here. Parameters: ${[...Object.keys(shape), ...elsewhere].join(', ') || 'none'}.`,
      );
    }
    const values = typeof texts === 'string' ? [texts] : texts;
    const wanted = unwrapped(shape[name]);
    if (wanted instanceof z.ZodArray)
      found.set(
        name,
        values.map((text) => given(wanted.element, text)),
      );
    else if (values[0] !== undefined && values.length === 1) found.set(name, given(wanted, values[0]));
    else return wrong('bad_parameter', name, `The parameter "${name}" may be given only once.`);
  }
  const result = schema.safeParse(Object.fromEntries(found), { error: allowed });
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  if (!found.has(name))
    return wrong('bad_parameter', name, `The parameter "${name}" is missing. ${shape[name]?.description ?? ''}`.trim());
  return wrong(
    'bad_parameter',
    name,
    `The parameter "${name}" is not valid: ${issue?.message ?? 'it cannot be read'}.`,
  );
}

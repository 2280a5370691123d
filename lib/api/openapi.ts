import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { ErrorBody, refusalStatuses, storeCodes, type RefusalCode } from './refusal.ts';
import { eventStreamType, jsonType, ndjsonType, type Route } from './route.ts';

type Json = { readonly [key: string]: unknown };

/** Returns the API of these routes as an OpenAPI 3.1 document. Named shapes become its components. */
export function openApi(routes: readonly Route[]): Json {
  const components: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { declaration } of routes)
    (paths[declaration.path] ??= {})[declaration.method.toLowerCase()] = operation(declaration, components);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dendro',
      version: packageJson.version,
      description: 'Threads, turns, compactions, hook runs and guardian reviews from the event logs of Codex.',
    },
    paths,
    components: { schemas: components },
  };
}

function operation(
  {
    method,
    path,
    summary,
    parameters,
    query,
    result,
    lines,
    events,
    success,
    requestBody,
    refusals,
  }: Route['declaration'],
  components: Record<string, unknown>,
): Json {
  const content = {
    ...(result ? { [jsonType]: { schema: schemaOf(result, components) } } : {}),
    ...(lines ? { [ndjsonType]: { schema: schemaOf(lines, components) } } : {}),
    ...(events ? { [eventStreamType]: { schema: schemaOf(events, components) } } : {}),
  };
  const answers = Object.entries(success ?? { 200: summary }).map(([status, description]) => [
    status,
    { description, ...(Object.keys(content).length > 0 ? { content } : {}) },
  ]);
  const codes: RefusalCode[] = [
    'unknown_parameter',
    'bad_parameter',
    'internal_error',
    ...storeCodes,
    ...(refusals ?? []),
  ];
  const errors = Object.entries(Object.groupBy(codes, (code) => refusalStatuses[code])).map(([status, group]) => [
    status,
    {
      description: `The error's code is ${(group ?? []).map((code) => `\`${code}\``).join(' or ')}.`,
      content: { [jsonType]: { schema: schemaOf(ErrorBody, components) } },
    },
  ]);
  return {
    operationId: `${method.toLowerCase()}${path.replace(/^\/api/, '').replaceAll(/[/.]?\{?(\w+)\}?/g, (_, word: string) => word.charAt(0).toUpperCase() + word.slice(1))}`,
    summary,
    parameters: [...parametersOf(parameters, 'path'), ...parametersOf(query, 'query')],
    ...(requestBody === undefined
      ? {}
      : { requestBody: { description: requestBody, required: true, content: { 'application/octet-stream': {} } } }),
    responses: Object.fromEntries([...answers, ...errors]),
  };
}

/** Returns a JSON Schema; its named parts are collected as components. */
function schemaOf(schema: z.ZodType, components: Record<string, unknown>): Json {
  const {
    $schema: _,
    $defs,
    ...own
  } = JsonSchema.parse(
    JSON.parse(
      JSON.stringify(z.toJSONSchema(schema, { override: plain })).replaceAll('"#/$defs/', '"#/components/schemas/'),
    ),
  );
  Object.assign(components, $defs);
  return own;
}
const JsonSchema = z.looseObject({ $schema: z.string(), $defs: z.record(z.string(), z.unknown()).optional() });

/**
 * Removes parts that say nothing to a reader: the pattern of a format that has a name, and the bounds of every integer
 * in JavaScript.
 */
function plain({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', override: plain });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...own } = typeof property === 'object' ? property : {};
    return { name, in: place, required: required.includes(name), ...(description ? { description } : {}), schema: own };
  });
}

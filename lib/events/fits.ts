import { z } from 'zod';
import { isObject } from './json-object.ts';

export type Predicate = (value: unknown) => boolean;

/**
 * Returns the predicates of one field's schema. Handles only the kinds that `schemas.ts` uses: another kind fails when
 * the program starts.
 */
function predicateOf(schema: unknown): Predicate {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const inner = predicateOf(schema.unwrap());
    return schema instanceof z.ZodOptional
      ? (value) => value === undefined || inner(value)
      : (value) => value === null || inner(value);
  }
  if (schema instanceof z.ZodString) {
    const [least, most] = [schema.minLength ?? 0, schema.maxLength ?? Infinity];
    return (value) => typeof value === 'string' && value.length >= least && value.length <= most;
  }
  if (schema instanceof z.ZodNumber && schema.format === 'safeint') {
    const [least, most] = [schema.minValue ?? -Infinity, schema.maxValue ?? Infinity];
    return (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
  }
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodArray) {
    const element = predicateOf(schema.element);
    return (value) => Array.isArray(value) && value.every(element);
  }
  if (schema instanceof z.ZodUnion) {
    const options = schema.options.map(predicateOf);
    return (value) => options.some((option) => option(value));
  }
  if (schema instanceof z.ZodUnknown) return () => true;
  if (schema instanceof z.ZodRecord) return isObject;
  if (schema instanceof z.ZodObject) return objectPredicate(schema);
  throw new TypeError('This kind of schema has no quick check: add it to lib/events/fits.ts.');
}

function objectPredicate(schema: z.ZodObject): Predicate {
  const names = Object.keys(schema.shape);
  const predicates = names.map((name) => predicateOf(schema.shape[name]));
  return (value) => {
    if (!isObject(value)) return false;
    for (let index = 0; index < names.length; index++)
      if (!predicates[index]?.(value[names[index] ?? ''])) return false;
    return true;
  };
}

/**
 * Returns the check of an object schema without its result: true exactly when `schema.safeParse(value)` succeeds (a
 * property test compares them). About ten times cheaper, because it makes no copy: millions of events pass here and
 * nearly all fit. The schema must not transform.
 */
export function fits<S extends z.ZodObject>(schema: S): (value: unknown) => value is z.output<S> {
  const check = objectPredicate(schema);
  return (value): value is z.output<S> => check(value);
}

const unwrapped = (schema: unknown): unknown => {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap();
  return inner;
};

/**
 * Returns the check of one field, by its path below an object that fits: if only that field changes, the object fits
 * exactly when the check passes. Null where the schema cannot say that of one field.
 */
export function fitsAt(schema: z.ZodObject, path: readonly (string | number)[]): Predicate | null {
  let field: unknown = schema;
  for (const key of path) {
    const container = unwrapped(field);
    if (container instanceof z.ZodUnknown || container instanceof z.ZodRecord) return () => true;
    // A log may have a field that is called "constructor".
    if (container instanceof z.ZodObject && typeof key === 'string')
      field = Object.hasOwn(container.shape, key) ? container.shape[key] : undefined;
    else if (container instanceof z.ZodArray) field = container.element;
    else return null;
    if (field === undefined) return () => true;
  }
  return predicateOf(field);
}

import { knownFields, type KnownField, type KnownFields } from './known-fields.ts';
import { isObject, type JsonObject } from './json-object.ts';

/** `field` is a path such as `app_server_client.client_name`. Fields and values of more than 100 characters are cut. */
export type Unknown =
  | { readonly what: 'field'; readonly field: string }
  | { readonly what: 'value'; readonly field: string; readonly value: string };

/**
 * `KnownFields`, prepared for millions of look-ups: paths are joined beforehand, and a map is safe with hostile names.
 */
interface Fields {
  readonly prefix: string;
  readonly byName: ReadonlyMap<string, Field>;
}
type Field = { readonly path: string } & (
  | { readonly holds: 'anything' }
  | { readonly holds: 'value'; readonly values: ReadonlySet<string> }
  | { readonly holds: 'object'; readonly fields: Fields }
  | { readonly holds: 'typed_object'; readonly fieldsByType: ReadonlyMap<string, Fields> }
);

function fieldOf(known: KnownField, path: string): Field {
  if (known === null) return { path, holds: 'anything' };
  if ('values' in known) return { path, holds: 'value', values: new Set(known.values) };
  if ('fields' in known) return { path, holds: 'object', fields: fieldsOf(known.fields, `${path}.`) };
  const types = Object.entries(known.fieldsByType);
  return {
    path,
    holds: 'typed_object',
    fieldsByType: new Map(types.map(([type, fields]) => [type, fieldsOf({ type: null, ...fields }, `${path}.`)])),
  };
}

function fieldsOf(known: KnownFields, prefix: string): Fields {
  return {
    prefix,
    byName: new Map(Object.entries(known).map(([name, field]) => [name, fieldOf(field, prefix + name)])),
  };
}

/** The collector adds `product_surface` to everything it logs. */
const inventory: ReadonlyMap<string, Fields> = new Map(
  Object.entries(knownFields).map(([type, fields]) => [type, fieldsOf({ product_surface: null, ...fields }, '')]),
);

const longest = 100;
/** Copied, because a slice would keep the whole of a long text in memory. */
const cut = (text: string): string => (text.length > longest ? Buffer.from(text.slice(0, longest)).toString() : text);

/**
 * Recurses only into objects that the inventory describes, so its depth is that of the inventory, whatever the input.
 */
function collect({ prefix, byName }: Fields, object: JsonObject, found: Unknown[]): void {
  for (const name in object) {
    const field = byName.get(name);
    if (field === undefined) {
      found.push({ what: 'field', field: cut(prefix + name) });
      continue;
    }
    if (field.holds === 'anything') continue;
    const value = object[name];
    if (field.holds === 'value') {
      if (typeof value === 'string' && !field.values.has(value))
        found.push({ what: 'value', field: field.path, value: cut(value) });
    } else if (isObject(value)) {
      const fields =
        field.holds === 'object' ? field.fields : fieldsOfItsType(field.fieldsByType, value, field.path, found);
      if (fields) collect(fields, value, found);
    }
  }
}

/** The fields of an object of unknown type are part of what is unknown about it, and not counted on their own. */
function fieldsOfItsType(
  fieldsByType: ReadonlyMap<string, Fields>,
  { type }: JsonObject,
  path: string,
  found: Unknown[],
): Fields | undefined {
  if (typeof type !== 'string') return undefined;
  const fields = fieldsByType.get(type);
  if (!fields) found.push({ what: 'value', field: `${path}.type`, value: cut(type) });
  return fields;
}

const nothing: readonly Unknown[] = [];

/**
 * Returns fields and enum values in the `event_params` of one event that no version of Codex is known to send
 * (`semantics.md`, "Unknown and broken input"). `type` is the canonical name, such as `codex_compaction_event`; if
 * nobody has described its fields, nothing is unknown. Only strings are judged, and only where Codex has an enum.
 * Linear in the fields. The caller limits how many it keeps.
 */
export function unknownsIn(type: string, params: JsonObject): readonly Unknown[] {
  const fields = inventory.get(type);
  if (!fields) return nothing;
  const found: Unknown[] = [];
  collect(fields, params, found);
  return found;
}

/**
 * Returns the check of values that may stand at `path` in such an event without being unknown, when `params` hold no
 * unknown value now. Null where another value would change what else is known.
 */
export function knownAt(
  type: string,
  params: JsonObject,
  path: readonly (string | number)[],
): ((value: unknown) => boolean) | null {
  let fields = inventory.get(type);
  let object: unknown = params;
  for (const [index, name] of path.entries()) {
    const field = typeof name === 'string' ? fields?.byName.get(name) : undefined;
    if (field === undefined || field.holds === 'anything') return () => true;
    if (field.holds === 'value')
      return index + 1 === path.length ? (value) => typeof value !== 'string' || field.values.has(value) : () => true;
    object = isObject(object) ? object[String(name)] : undefined;
    if (field.holds === 'object') fields = field.fields;
    else if (path[index + 1] === 'type') return null;
    else fields = isObject(object) && typeof object.type === 'string' ? field.fieldsByType.get(object.type) : undefined;
  }
  return () => true;
}

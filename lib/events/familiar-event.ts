import { aliases, catalogue } from './catalogue.ts';
import type { CodexEvent } from './event.ts';
import { fitsAt, type Predicate } from './fits.ts';
import { knownAt, unknownsIn, type Unknown } from './inventory.ts';
import { isObject } from './json-object.ts';

/** An event that fits, read anew as often as its values change. */
export interface FamiliarEvent {
  /** The event as its values are now: what `readEvent` would give of them, with nothing repaired. */
  readonly read: () => CodexEvent;
  /** What is unknown about it: fields only, and the same whatever the values are. */
  readonly strange: readonly Unknown[];
  /** What may stand at a place of it without changing either; null where only the present value may. */
  readonly acceptsAt: (path: readonly (string | number)[]) => Predicate | null;
}

/**
 * `value` as an event whose values may change; null when it is an event that has to be looked at as a whole: unknown,
 * to be repaired, rejected, or with unknown values.
 */
export function familiarEvent(value: unknown): FamiliarEvent | null {
  if (!isObject(value) || typeof value.event_type !== 'string') return null;
  const { event_params: params } = value;
  const type = aliases.get(value.event_type) ?? value.event_type;
  const definition = catalogue.get(type);
  const read = definition?.reader(type, params);
  if (!definition || !read || !isObject(params)) return null;
  const strange = read().source === 'analytics' ? unknownsIn(type, params) : [];
  if (strange.some(({ what }) => what === 'value')) return null;
  return {
    read,
    strange,
    acceptsAt([member, ...path]) {
      if (member !== 'event_params') return null;
      const [fits, known] = [fitsAt(definition.schema, path), knownAt(type, params, path)];
      return fits && known && ((another) => fits(another) && known(another));
    },
  };
}

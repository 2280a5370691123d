import { aliases, catalogue } from './catalogue.ts';
import type { CodexEvent } from './event.ts';
import { fitsAt, type Predicate } from './fits.ts';
import { knownAt, unknownsIn, type Unknown } from './inventory.ts';
import { isObject } from './json-object.ts';

/** An event that fits, read again each time its values change. */
export interface FamiliarEvent {
  /** Returns the event with its present values, as `readEvent` would with nothing to repair. */
  readonly read: () => CodexEvent;
  /** Its unknown fields: the same for all values. */
  readonly strange: readonly Unknown[];
  /**
   * Returns the check of values that may stand at this place without changing either; null if only the present value
   * may.
   */
  readonly acceptsAt: (path: readonly (string | number)[]) => Predicate | null;
}

/**
 * Reads `value` as an event whose values may change. Null for an event that must be read as a whole: unknown, to be
 * repaired, rejected, or with unknown values.
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

import { z } from 'zod';
import type { Reader } from '../store/store.ts';
import { count } from './fields.ts';
import {
  ByImport,
  byImport,
  EventsByType,
  eventsByType,
  Lines,
  lines,
  PassedOver,
  passedOver,
} from './quality/came-in.ts';
import { EventQuality, eventQuality, Repairs, repairs, Repeats, repeats } from './quality/events.ts';
import { RejectsByCode, rejectsByCode } from './quality/rejects.ts';
import type { Scope } from './quality/scope.ts';
import { ThreadQuality, threadQuality } from './quality/threads.ts';
import { TurnQuality, turnQuality } from './quality/turns.ts';
import { UnknownList, unknownList } from './quality/unknowns.ts';

export type { Scope };
export {
  byImport,
  eventQuality,
  eventsByType,
  lines,
  passedOver,
  rejectsByCode,
  repairs,
  repeats,
  threadQuality,
  turnQuality,
  unknownList,
};

/**
 * The imported data, the parts that Dendro does not know, could not read or had to infer, and the oddities
 * (`docs/semantics.md`, "Data quality").
 */
export const DataQuality = z
  .object({
    lines: Lines,
    rejects: RejectsByCode,
    passedOver: PassedOver.omit({ nextCursor: true }).describe('The first 1,000.'),
    types: EventsByType,
    unknowns: UnknownList.omit({ nextCursor: true }).describe('The first 1,000.'),
    repairs: Repairs,
    repeats: Repeats,
    totals: z
      .object({ types: count, repairs: count, repeats: count })
      .describe('Total groups; the list of the same name has the first 1,000.'),
    events: EventQuality,
    threads: ThreadQuality,
    turns: TurnQuality,
    imports: ByImport.omit({ nextCursor: true }).describe('The first 1,000.'),
  })
  .meta({ id: 'DataQuality' });
export type DataQuality = z.output<typeof DataQuality>;
const limit = 1000;

/**
 * Returns all of it. The page asks for its sections one by one; each is a statement of its own, and they run side by
 * side.
 */
export async function dataQuality(store: Reader, scope: Scope): Promise<DataQuality> {
  const [came, rejects, over, types, unknown, repaired, repeated, events, threads, turns, imports] = await Promise.all([
    lines(store, scope),
    rejectsByCode(store, scope),
    passedOver(store, scope, { limit }),
    eventsByType(store, scope, { limit }),
    unknownList(store, scope, { limit }),
    repairs(store, scope, { limit }),
    repeats(store, scope, { limit }),
    eventQuality(store, scope),
    threadQuality(store, scope),
    turnQuality(store, scope),
    byImport(store, scope, { limit }),
  ]);
  const first = <T extends { readonly nextCursor: string | null }>({
    nextCursor: _more,
    ...list
  }: T): Omit<T, 'nextCursor'> => list;
  return {
    lines: came,
    rejects,
    passedOver: first(over),
    types: types.types,
    unknowns: first(unknown),
    repairs: repaired.repairs,
    repeats: repeated.repeats,
    totals: { types: types.total, repairs: repaired.total, repeats: repeated.total },
    events,
    threads,
    turns,
    imports: first(imports),
  };
}

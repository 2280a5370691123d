import type { CodexEvent } from '../events/event.ts';
import type { EventTime } from './times.ts';

/** The number of events of one type, by the format of their lines. */
export interface EventCount {
  readonly format: string;
  readonly type: string;
  readonly kind: string;
  events: number;
  repaired: number;
}

/** An unknown event type, field of an event, or value of a field. Events by their ordinals; times are their own. */
export interface UnknownCount {
  readonly what: 'type' | 'field' | 'value';
  readonly type: string;
  readonly field: string | null;
  readonly value: string | null;
  occurrences: number;
  readonly firstEvent: number;
  lastEvent: number;
  firstTime: number | null;
  lastTime: number | null;
}
/** A part of an event that the inventory lacks: see `lib/events/inventory.ts`. */
interface Strange {
  readonly what: 'field' | 'value';
  readonly field: string;
  readonly value?: string;
}

/** The most unknown things that are kept apart; more are hardly Codex's, and count as one. */
const mostUnknown = 5000;
const unknownKey = (what: string, type: string, field: string | null, value: string | null): string =>
  JSON.stringify([what, type, field, value]);

/** Counts the content of a log while it is read. Memory is bounded by the types, and by `mostUnknown`. */
export class Tally {
  /** By format and type. */
  readonly #counts = new Map<string, Map<string, EventCount>>();
  readonly #unknowns = new Map<string, UnknownCount>();
  accepted = 0;

  get counts(): readonly EventCount[] {
    return [...this.#counts.values()].flatMap((ofFormat) => [...ofFormat.values()]);
  }

  get unknowns(): readonly UnknownCount[] {
    return [...this.#unknowns.values()];
  }

  total(of: (count: EventCount) => number): number {
    let total = 0;
    for (const count of this.counts) total += of(count);
    return total;
  }

  /** Counts a kept event; its ordinal is the number of those before it. */
  add({
    event,
    when,
    format,
    repaired,
    strange,
  }: {
    readonly event: CodexEvent;
    readonly when: EventTime;
    readonly format: string;
    readonly repaired: boolean;
    readonly strange: readonly Strange[];
  }): void {
    const count = this.#countOf(format, event);
    count.events++;
    if (repaired) count.repaired++;
    if (event.kind === 'unknown') this.#unknown('type', event.type, null, null, when);
    for (const { what, field, value } of strange) this.#unknown(what, event.type, field, value ?? null, when);
    this.accepted++;
  }

  #countOf(format: string, { type, kind }: CodexEvent): EventCount {
    let ofFormat = this.#counts.get(format);
    if (!ofFormat) this.#counts.set(format, (ofFormat = new Map<string, EventCount>()));
    let count = ofFormat.get(type);
    if (!count) ofFormat.set(type, (count = { format, type, kind, events: 0, repaired: 0 }));
    return count;
  }

  #unknown(
    what: UnknownCount['what'],
    type: string,
    field: string | null,
    value: string | null,
    { time, source }: EventTime,
  ): void {
    const own = source === 'event' ? time : null;
    let key = unknownKey(what, type, field, value);
    let found = this.#unknowns.get(key);
    if (!found && this.#unknowns.size >= mostUnknown) {
      [type, field, value] = ['…', null, null];
      key = unknownKey(what, type, field, value);
      found = this.#unknowns.get(key);
    }
    if (!found) {
      this.#unknowns.set(key, {
        what,
        type,
        field,
        value,
        occurrences: 1,
        firstEvent: this.accepted,
        lastEvent: this.accepted,
        firstTime: own,
        lastTime: own,
      });
      return;
    }
    found.occurrences++;
    found.lastEvent = this.accepted;
    if (own === null) return;
    found.firstTime = Math.min(found.firstTime ?? own, own);
    found.lastTime = Math.max(found.lastTime ?? own, own);
  }
}

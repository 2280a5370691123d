import type { CodexEvent } from '../events/event.ts';
import { timeOfId } from '../events/moments.ts';
import { CollectorClock } from '../formats/collector/collector-clock.ts';
import type { FoundEvent } from '../formats/format.ts';

/**
 * The source of an event's time: `semantics.md`, "Time". `zoneless` becomes `envelope` when the log has been read and
 * the offset of its clock is known.
 */
export const timeSources = ['event', 'envelope', 'zoneless', 'turn', 'order', 'import'] as const;
export type TimeSource = (typeof timeSources)[number];
export interface EventTime {
  /** ms since the epoch; null until the log has shown a first time. */ readonly time: number | null;
  readonly source: TimeSource;
}

/**
 * Gives each event of one log its time: its own, else the one its writer recorded, else its turn's, else that of the
 * event before it. Events before the first known time get it afterwards: `first` is that time.
 */
export class LogClock {
  first: number | null = null;
  #last: number | null = null;
  #turnId: string | null = null;
  #turnTime: number | null = null;
  #collector: CollectorClock | null = null;

  /** The offset of the log's clock without a zone, if there is one; null in it when no event shows it. */
  get zoneless(): { readonly offset: number | null } | null {
    return this.#collector && { offset: this.#collector.offset };
  }

  timeOf({ time: own, endedAt, turnId }: CodexEvent, { recordedAt, zoneless }: FoundEvent): EventTime {
    if (recordedAt !== null && zoneless) {
      this.#collector ??= new CollectorClock();
      const stated = endedAt ?? own;
      if (stated !== null) this.#collector.observe(recordedAt, stated);
      else return { time: recordedAt, source: 'zoneless' };
    }
    const known = this.#known(own, recordedAt, turnId);
    if (!known) return { time: this.#last, source: 'order' };
    this.#last = known.time;
    this.first ??= known.time;
    return known;
  }

  #known(own: number | null, recordedAt: number | null, turnId: string | null): EventTime | null {
    if (own !== null) return { time: own, source: 'event' };
    if (recordedAt !== null) return { time: recordedAt, source: 'envelope' };
    if (turnId === null) return null;
    if (turnId !== this.#turnId) {
      this.#turnId = turnId;
      this.#turnTime = timeOfId(turnId);
    }
    return this.#turnTime === null ? null : { time: this.#turnTime, source: 'turn' };
  }
}

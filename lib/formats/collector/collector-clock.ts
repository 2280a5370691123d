const quarter = 15 * 60_000;
/** The offsets that zones have, from UTC−12 to UTC+14. */
const [least, most] = [-12 * 4, 14 * 4];

/**
 * Learns how far the clock of a collector's log, which names no zone, is from UTC: from events that carry a time of
 * their own. Best is their completion, because an event is sent right then: what lies between is the way to the
 * collector, which the next quarter of an hour swallows. Each event has one vote, and the order of the votes makes no
 * difference. Of a log that crosses a change to or from summer time the longer part decides. Memory: one count for each
 * offset that a zone can have.
 */
export class CollectorClock {
  readonly #votes = new Map<number, number>();

  /** `receivedAt`: the line's clock read as if it were UTC, ms. `own`: the event's own time, ms since the epoch. */
  observe(receivedAt: number, own: number): void {
    const quarters = Math.round((receivedAt - own) / quarter);
    if (quarters >= least && quarters <= most) this.#votes.set(quarters, (this.#votes.get(quarters) ?? 0) + 1);
  }

  /**
   * What the log's clock is ahead of UTC, ms (negative: behind); null when no event told. Of equals the least: an event
   * may be reported long after its time, as that of a resumed thread is, but never before.
   */
  get offset(): number | null {
    let best: { readonly quarters: number; readonly votes: number } | null = null;
    for (const [quarters, votes] of this.#votes) {
      if (!best || votes > best.votes || (votes === best.votes && quarters < best.quarters)) best = { quarters, votes };
    }
    return best && best.quarters * quarter;
  }
}

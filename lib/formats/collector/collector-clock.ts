const quarter = 15 * 60_000;
/** The offsets that zones have, from UTC−12 to UTC+14. */
const [least, most] = [-12 * 4, 14 * 4];

/**
 * Learns how far the clock of a collector's log, which names no zone, is from UTC. It uses events with a time of their
 * own, best their completion: an event is sent right then, and its way to the collector takes less than a quarter of an
 * hour. Each event has one vote; the order of votes does not matter. When a log crosses a change to or from summer
 * time, its longer part decides. Memory: one count for each offset that a zone can have.
 */
export class CollectorClock {
  readonly #votes = new Map<number, number>();

  /** `receivedAt`: the line's clock read as if it were UTC, ms. `own`: the event's own time, ms since the epoch. */
  observe(receivedAt: number, own: number): void {
    const quarters = Math.round((receivedAt - own) / quarter);
    if (quarters >= least && quarters <= most) this.#votes.set(quarters, (this.#votes.get(quarters) ?? 0) + 1);
  }

  /**
   * How far the log's clock is ahead of UTC, ms (negative: behind); null without votes. Of equals the least: an event
   * may be reported long after its time, as for a resumed thread, but never before.
   */
  get offset(): number | null {
    let best: { readonly quarters: number; readonly votes: number } | null = null;
    for (const [quarters, votes] of this.#votes) {
      if (!best || votes > best.votes || (votes === best.votes && quarters < best.quarters)) best = { quarters, votes };
    }
    return best && best.quarters * quarter;
  }
}

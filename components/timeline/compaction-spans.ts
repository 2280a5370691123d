import type { Timeline } from '@/lib/queries/timeline-shapes.ts';
import type { Items } from './items.ts';

/** Three or more compactions of a thread within ten turns (`docs/semantics.md`, "Compactions"). */
export interface Storm {
  readonly from: number;
  readonly to: number;
  readonly compactions: number;
}
/** From the end of a compaction until the context was as full as before it. */
export interface Refill {
  readonly from: number;
  readonly to: number;
  readonly tokens: number;
  readonly turns: number;
}
/** A completed compaction: when the context fell, and by how much. */
export interface Fall {
  readonly at: number;
  readonly after: number;
  readonly saved: number;
}
/** By lane. */
export interface CompactionSpans {
  readonly falls: readonly (readonly Fall[])[];
  readonly storms: readonly (readonly Storm[])[];
  readonly refills: readonly (readonly Refill[])[];
}

/** Returns the refills, storms and falls of each lane. Linear in the items. */
export function compactionSpans({ lanes, compactions }: Timeline, items: Items): CompactionSpans {
  const falls: Fall[][] = lanes.threadId.map(() => []);
  const storms: Storm[][] = lanes.threadId.map(() => []);
  const refills: Refill[][] = lanes.threadId.map(() => []);
  for (const { kind, lane, record, from, index } of items.all) {
    if (kind !== 'compaction') continue;
    const to = items.to[index] ?? from;
    const own = storms[lane] ?? [];
    const open = own.at(-1);
    if (compactions.storm[record] === true) {
      if (open && compactions.beginsStorm[record] !== true)
        own[own.length - 1] = { from: open.from, to: Math.max(open.to, to), compactions: open.compactions + 1 };
      else own.push({ from, to, compactions: 1 });
    }
    const before = compactions.tokensBefore[record] ?? null;
    const after = compactions.tokensAfter[record] ?? null;
    if (compactions.status[record] === 'completed' && before !== null && after !== null)
      falls[lane]?.push({ at: to, after, saved: before - after });
    const length = compactions.refillMs[record] ?? null;
    const turns = compactions.refillTurns[record] ?? null;
    if (length !== null && turns !== null)
      refills[lane]?.push({ from: to, to: to + length, tokens: before ?? 0, turns });
  }
  return { falls, storms, refills };
}

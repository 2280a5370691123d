import type { Outline } from '../outline/outline.ts';
import { timeWithin } from './placed.ts';
import type { Timeline } from '@/lib/queries/timeline-shapes.ts';

/** A line from one lane to another at the time when the first created the second. */
export interface LaneLink {
  /**
   * `spawn`: a call that names the thread; `child`: no log names the call, so the time is the child's; `fork`: one
   * thread goes on from another.
   */
  readonly kind: 'spawn' | 'child' | 'fork';
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** The start of the thread that it leads to, never before `at`. */
  readonly begins: number;
}

/**
 * Returns the lines between lanes, by the lane that they lead to. Guardian threads and children whose beginning is
 * unknown have none. Linear.
 */
export function laneLinks({ lanes, spawns }: Timeline, { parents }: Outline): LaneLink[] {
  const calls = new Map(
    spawns.lane.map((to, index) => [
      to,
      { kind: 'spawn' as const, from: spawns.fromLane[index] ?? 0, to, at: spawns.atMs[index] ?? null },
    ]),
  );
  const laneOf = new Map(lanes.threadId.map((threadId, lane) => [threadId, lane]));
  const links: LaneLink[] = [];
  for (const [to, stated] of lanes.createdAtMs.entries()) {
    const begins = stated === null ? null : timeWithin(lanes.threadId[to] ?? '', stated);
    const call = calls.get(to);
    const parent = parents[to] ?? -1;
    if (call?.at !== null && call?.at !== undefined)
      links.push({ ...call, at: call.at, begins: Math.max(begins ?? call.at, call.at) });
    else if (parent >= 0 && begins !== null && lanes.kind[to] !== 'guardian')
      links.push({ kind: 'child', from: parent, to, at: begins, begins });
    const source = laneOf.get(lanes.forkedFromThreadId[to] ?? '');
    if (source !== undefined && begins !== null) links.push({ kind: 'fork', from: source, to, at: begins, begins });
  }
  return links;
}

import type { Approval, GuardianReview, HookRun, ToolCall } from '@/lib/queries/shapes.ts';

/** One request for approval: as the approval tells it, as the guardian's review tells it, or both. */
export interface Asked {
  readonly approval: Approval | null;
  readonly review: GuardianReview | null;
}

/** A tool call with all its approval requests, in order of time. */
export interface CallStory {
  /** Null when only approvals or reviews name the call. */
  readonly call: ToolCall | null;
  readonly itemId: string | null;
  readonly asked: readonly Asked[];
  /** The next call of the same tool in the turn after a refusal. That it is another try is inferred. */
  readonly retry: ToolCall | null;
  /**
   * True when it did not run, nobody was asked, and a hook of the turn blocked a call before it ran. That it was this
   * one is inferred: no hook run names its call.
   */
  readonly blockedByHook: boolean;
  /** The calls that a cell of code mode made, in the same order. */
  readonly inner: readonly CallStory[];
}

/** Returns the time of the request as ISO text, which sorts as time does; requests without a time come last. */
const askedAt = ({ approval, review }: Asked): string => approval?.startedAt ?? review?.startedAt ?? '~';
const startOf = ({ startedAt, completedAt }: ToolCall): string => startedAt ?? completedAt ?? '~';
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Joins each approval with the review of its id; a review without an approval stands alone. */
function everyAsked(approvals: readonly Approval[], reviews: readonly GuardianReview[]): Asked[] {
  const byId = new Map(reviews.map((review) => [review.reviewId, review]));
  const withApproval = new Set<string>();
  const asked = approvals.map((approval): Asked => {
    const review = (approval.reviewId === null ? undefined : byId.get(approval.reviewId)) ?? null;
    if (review) withApproval.add(review.reviewId);
    return { approval, review };
  });
  return [
    ...asked,
    ...reviews
      .filter(({ reviewId }) => !withApproval.has(reviewId))
      .map((review): Asked => ({ approval: null, review })),
  ];
}

const itemOf = ({ approval, review }: Asked): string | null => approval?.itemId ?? review?.targetItemId ?? null;
export const outcomeOf = ({ approval, review }: Asked): string | null =>
  review?.terminalStatus ?? approval?.status ?? null;

/** True when the call was kept from running: it says so, or the last answer did not allow it. */
export function wasRefused({ call, asked }: Pick<CallStory, 'call' | 'asked'>): boolean {
  const last = asked.at(-1);
  return (
    call?.terminalStatus === 'rejected' ||
    (last !== undefined && outcomeOf(last) !== 'approved' && outcomeOf(last) !== null)
  );
}

interface TurnRecords {
  readonly toolCalls: readonly ToolCall[];
  readonly approvals: readonly Approval[];
  readonly guardianReviews: readonly GuardianReview[];
  readonly hookRuns: readonly Pick<HookRun, 'hookName' | 'status'>[];
}

/**
 * Returns the tool calls of a turn, each with its approvals and reviews (joined by the id of the item, `schema.md`
 * §2.3), in order of their beginning. Requests about a call that left no event come as a story without a call. Inner
 * calls are in the story of their cell, where that is in the logs. O(n log n).
 */
export function callStories({ toolCalls, approvals, guardianReviews, hookRuns }: TurnRecords): CallStory[] {
  const hookBlocked = hookRuns.some(({ hookName, status }) => hookName === 'PreToolUse' && status === 'blocked');
  const asked = Map.groupBy(
    everyAsked(approvals, guardianReviews).sort((one, other) => compare(askedAt(one), askedAt(other))),
    itemOf,
  );
  const calls = toolCalls.toSorted(
    (one, other) => compare(startOf(one), startOf(other)) || Number(one.eventId) - Number(other.eventId),
  );
  const later = new Map<string, ToolCall>();
  const held = new Map<string, CallStory[]>();
  const stories: CallStory[] = [];
  const heldBy = (itemId: string): CallStory[] => {
    const list = held.get(itemId) ?? [];
    held.set(itemId, list);
    return list;
  };
  // Backwards, so that the next call of each tool is known.
  for (const call of calls.toReversed()) {
    const own = asked.get(call.itemId) ?? [];
    asked.delete(call.itemId);
    const refused = wasRefused({ call, asked: own });
    stories.push({
      call,
      itemId: call.itemId,
      asked: own,
      retry: refused ? (later.get(call.tool) ?? null) : null,
      blockedByHook: refused && own.length === 0 && hookBlocked,
      inner: heldBy(call.itemId),
    });
    later.set(call.tool, call);
  }
  stories.reverse();
  for (const [itemId, own] of asked)
    stories.push({ call: null, itemId, asked: own, retry: null, blockedByHook: false, inner: [] });
  const begins = ({ call, asked: own }: CallStory): string => (call ? startOf(call) : own[0] ? askedAt(own[0]) : '~');
  stories.sort((one, other) => compare(begins(one), begins(other)));
  const known = new Set(toolCalls.map(({ itemId }) => itemId));
  return stories.filter((story) => {
    const cell = story.call?.innerCall === true ? story.call.parentCallId : null;
    if (cell === null || !known.has(cell)) return true;
    heldBy(cell).push(story);
    return false;
  });
}

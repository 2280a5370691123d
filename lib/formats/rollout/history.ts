import type { JsonObject } from '../../events/json-object.ts';
import { timeOfId } from '../../events/moments.ts';
import type { RolloutLine } from './line.ts';
import { countOf, textOf, timeOf } from './values.ts';

/** A copy is written in one go when the thread is made; what comes later than this is the thread's own. Used only where no id tells. */
const burstMs = 1000;

/**
 * Tells a thread's own lines from the history that forks, and subagents that start from their parent's context, copy to their beginning: with a
 * second `session_meta`, with the turn ids of the other thread, and with new line times (`schema.md` §8). Own is, in this order: what has an
 * ordinal from `subagent_history_start_ordinal` on; what follows the first turn whose id was made after the thread's; what follows the first
 * turn that started after the thread's creation.
 */
export class History {
  readonly #threadId: string;
  readonly #createdAt: number | null;
  readonly #firstTime: number | null;
  readonly #startOrdinal: number | null;
  #copying: boolean;
  #turned = false;

  constructor(meta: JsonObject, line: RolloutLine) {
    this.#threadId = textOf(meta.id) ?? '';
    this.#createdAt = timeOf(meta.timestamp);
    this.#firstTime = timeOf(line.timestamp);
    this.#startOrdinal = countOf(meta.subagent_history_start_ordinal);
    this.#copying = this.#startOrdinal !== null || textOf(meta.forked_from_id) !== null;
  }

  /**
   * Whether a further `session_meta` begins another rollout in the same file, rather than being this thread's own again or a copied one. A
   * copied one is of an older thread, stands before the first own turn, and its line is not older than this rollout's first one.
   */
  isAnotherRollout(meta: JsonObject, line: RolloutLine): boolean {
    const id = textOf(meta.id);
    if (id === null || id === this.#threadId) return false;
    if (this.#turned || line.ordinal === 0) return true;
    if (line.ordinal !== null) return false;
    const [made, here] = [timeOfId(id) ?? timeOf(meta.timestamp), timeOfId(this.#threadId) ?? this.#createdAt];
    if (made !== null && here !== null && made > here) return true;
    const time = timeOf(line.timestamp);
    return time !== null && this.#firstTime !== null && time < this.#firstTime;
  }

  /** A further `session_meta` that begins no other rollout: the thread's own once more, or a copied one. */
  copiedFrom(meta: JsonObject): void {
    if (textOf(meta.id) !== this.#threadId) this.#copying = true;
  }

  /** Whether a line that starts no turn is the thread's own. */
  isOwn(line: RolloutLine): boolean {
    if (this.#turned || !this.#copying) return true;
    if (this.#startOrdinal !== null && line.ordinal !== null) return line.ordinal >= this.#startOrdinal;
    return false;
  }

  /** Whether the turn that a `task_started` opens is the thread's own. The first own one ends the copy. */
  isOwnTurn(line: RolloutLine, turnId: string | null, startedAt: number | null): boolean {
    this.#turned ||= this.#startsOwn(line, turnId, startedAt);
    return this.#turned;
  }

  #startsOwn(line: RolloutLine, turnId: string | null, startedAt: number | null): boolean {
    if (this.#startOrdinal !== null && line.ordinal !== null) return line.ordinal >= this.#startOrdinal;
    const [made, here] = [timeOfId(turnId), timeOfId(this.#threadId)];
    if (made !== null && here !== null) return made >= here;
    if (!this.#copying) return true;
    // Whole seconds: the same second is not earlier.
    if (startedAt !== null && this.#createdAt !== null) return startedAt + 999 >= this.#createdAt;
    const time = timeOf(line.timestamp);
    return time !== null && this.#firstTime !== null && time - this.#firstTime > burstMs;
  }
}

import { isObject, type JsonObject } from '../../events/json-object.ts';
import { timeOfId } from '../../events/moments.ts';
import type { RolloutLine } from './line.ts';
import { countOf, objectOf, textOf, timeOf } from './values.ts';

/**
 * A copy is written without a pause: a prompt after a pause of this length is the thread's own. Used only without ids
 * and times.
 */
const restMs = 1000;

/**
 * Returns the threads that a `session_meta` names as its parent or fork source: lines copied with their own times are
 * from these only.
 */
function originsOf(meta: JsonObject): ReadonlySet<string> {
  const spawn = objectOf(objectOf(objectOf(meta.source).subagent).thread_spawn);
  return new Set(
    [meta.parent_thread_id, meta.forked_from_id, spawn.parent_thread_id].map(textOf).filter((id) => id !== null),
  );
}

/**
 * True for the model's text or call, or a tool's answer: these continue a turn. Any other line may belong to the next
 * prompt.
 */
export function isAnswer(line: RolloutLine): boolean {
  if (line.type === 'response_item')
    return line.payloadType !== 'message' || /"role":"assistant"/.test(line.text.slice(0, 512));
  return line.type === 'event_msg' && line.payloadType !== null && answers.has(line.payloadType);
}
const answers: ReadonlySet<string> = new Set([
  'agent_message',
  'agent_reasoning',
  'agent_reasoning_raw_content',
  'exec_command_end',
  'patch_apply_end',
  'mcp_tool_call_end',
  'web_search_end',
]);

/**
 * Separates a thread's own lines from the history copied to the beginning of forks, and of subagents that start from
 * their parent's context. A copy may have a second `session_meta`, the turn ids of the other thread, new line times or
 * the old ones (`schema.md` §8). The first of these that is known tells where the thread's own lines begin: at ordinal
 * `subagent_history_start_ordinal`; at the first turn whose id was made after the thread's; at the first turn that
 * started after the thread's creation; with old line times, at the first prompt after its creation; else at the first
 * prompt after a pause.
 */
export class History {
  readonly #threadId: string;
  readonly #createdAt: number | null;
  readonly #firstTime: number | null;
  /** The earliest stated time of its beginning. */
  readonly #madeAt: number | null;
  readonly #origins: ReadonlySet<string>;
  readonly #firstOrdinal: number | null;
  readonly #startOrdinal: number | null;
  #copying: boolean;
  /** A copied line is older than the thread: copies kept their times. */
  #oldTimes = false;
  #turned = false;
  /** Only a `session_meta` was read so far. */
  #atStart = true;
  #lastTime: number | null;
  #rested = false;

  constructor(meta: JsonObject, line: RolloutLine) {
    this.#threadId = textOf(meta.id) ?? '';
    this.#createdAt = timeOf(meta.timestamp);
    this.#firstTime = timeOf(line.timestamp);
    this.#lastTime = this.#firstTime;
    const moments = [this.#createdAt, this.#firstTime, timeOfId(this.#threadId)].filter((moment) => moment !== null);
    this.#madeAt = moments.length === 0 ? null : Math.min(...moments);
    this.#origins = originsOf(meta);
    this.#firstOrdinal = line.ordinal;
    this.#startOrdinal = countOf(meta.subagent_history_start_ordinal);
    this.#copying = this.#startOrdinal !== null || textOf(meta.forked_from_id) !== null;
  }

  /** True while the lines read are copied history. */
  get isCopying(): boolean {
    return this.#copying && !this.#turned;
  }

  /** Notes a line that is no `session_meta`, before any other question about it. */
  passes(line: RolloutLine): void {
    this.#atStart = false;
    if (this.#turned) return;
    const time = timeOf(line.timestamp);
    if (time === null) return;
    if (this.#madeAt !== null && time < this.#madeAt && (this.#origins.size > 0 || this.#copying)) {
      this.#copying = true;
      this.#oldTimes = true;
    }
    if (this.#lastTime !== null && time - this.#lastTime > restMs) this.#rested = true;
    if (isAnswer(line)) this.#rested = false;
    this.#lastTime = time;
  }

  /**
   * Tells if a further `session_meta` begins another rollout in the same file; else it is this thread's own again, or a
   * copied one. A copied one is of an older thread and stands before the first own turn. Its line is not older than
   * this rollout's first one. Where copies kept their times, it directly follows the first one and is of the thread's
   * parent, or follows an older line.
   */
  isAnotherRollout(meta: JsonObject, line: RolloutLine): boolean {
    const id = textOf(meta.id);
    if (id === null || id === this.#threadId || (this.#atStart && this.#origins.has(id))) return false;
    if (this.#turned || line.ordinal === 0) return true;
    if (line.ordinal !== null) return false;
    const [made, here] = [timeOfId(id) ?? timeOf(meta.timestamp), timeOfId(this.#threadId) ?? this.#createdAt];
    if (made !== null && here !== null && made > here) return true;
    const time = timeOf(line.timestamp);
    if (time === null || this.#firstTime === null || time >= this.#firstTime) return false;
    return !(this.#oldTimes && this.#lastTime !== null && time >= this.#lastTime);
  }

  /**
   * Tells if a further `session_meta` of the thread itself begins another file of it, appended to this one: its history
   * stands elsewhere, it was made at another time, or it begins no later than this one. Codex also writes it again
   * where only git has changed.
   */
  isAnotherSegment(meta: JsonObject, line: RolloutLine): boolean {
    if (textOf(meta.id) !== this.#threadId) return false;
    if (isObject(meta.history_base) || timeOf(meta.timestamp) !== this.#createdAt) return true;
    if (line.ordinal !== null && this.#firstOrdinal !== null) return line.ordinal <= this.#firstOrdinal;
    const time = timeOf(line.timestamp);
    return time !== null && this.#firstTime !== null && time <= this.#firstTime;
  }

  /** Notes a further `session_meta` that begins no other rollout: the thread's own once more, or a copied one. */
  copiedFrom(meta: JsonObject, line: RolloutLine): void {
    if (textOf(meta.id) !== this.#threadId) this.#copying = true;
    this.#lastTime = timeOf(line.timestamp) ?? this.#lastTime;
  }

  /** Tells if a line that starts no turn is the thread's own. */
  isOwn(line: RolloutLine): boolean {
    if (this.#turned || !this.#copying) return true;
    if (this.#startOrdinal !== null && line.ordinal !== null) return line.ordinal >= this.#startOrdinal;
    return false;
  }

  /** Tells if the turn that a `task_started` opens is the thread's own. The first own one ends the copy. */
  isOwnTurn(line: RolloutLine, turnId: string | null, startedAt: number | null): boolean {
    this.#turned ||= this.#startsOwn(line, turnId, startedAt);
    return this.#turned;
  }

  #startsOwn(line: RolloutLine, turnId: string | null, startedAt: number | null): boolean {
    if (this.#startOrdinal !== null && line.ordinal !== null) return line.ordinal >= this.#startOrdinal;
    const [made, here] = [timeOfId(turnId), timeOfId(this.#threadId)];
    if (made !== null && here !== null) {
      this.#copying ||= made < here;
      return made >= here;
    }
    if (!this.#copying) return true;
    // Whole seconds: the same second is not earlier.
    if (startedAt !== null && this.#createdAt !== null) return startedAt + 999 >= this.#createdAt;
    const time = timeOf(line.timestamp);
    if (this.#oldTimes) return time !== null && this.#madeAt !== null && time >= this.#madeAt;
    return this.#rested;
  }
}

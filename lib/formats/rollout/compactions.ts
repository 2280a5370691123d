import type { JsonObject } from '../../events/json-object.ts';
import type { CompactionFact } from './facts.ts';
import { rawNumber, rawString, type RolloutLine } from './line.ts';
import type { Tokens, TokenMeter } from './tokens.ts';
import { millisecondsOf, timeOf } from './values.ts';

export interface FoundCompaction {
  readonly line: number;
  readonly fact: CompactionFact;
}

/** The progress of the turn: if the user's input or the turn's context came before. */
interface Place {
  readonly turnId: string;
  readonly begun: boolean;
}
interface Pending {
  readonly line: number;
  place: Place;
  readonly time: number | null;
  readonly windowNumber: number | null;
  readonly before: number | null;
  readonly exact: boolean;
  readonly exactUnlessMidTurn: boolean;
  after: number | null;
  times: Pick<CompactionFact, 'startedAt' | 'completedAt' | 'durationMs'>;
  inputFollowed: boolean;
}

/** The part of a line before its history is no longer than this. */
const beginning = 256;
/**
 * True if a `compacted` line has a summary that the model wrote by a request of its own. A remote compaction has an
 * encrypted one in its history, and no message.
 */
export const isLocalCompaction = (line: RolloutLine): boolean =>
  !line.text.slice(0, beginning).includes('"payload":{"message":""');

/**
 * The completed compactions of one thread; others leave no `compacted` line. The tokens before and after come from the
 * `token_count` records around the line. Trigger and phase follow from its place in the task: after the user's input it
 * is in the middle of a turn, before it the compaction comes before the turn, and without input it stands alone.
 *
 * The line is not parsed: it holds the whole new history, mostly more text than all other lines together.
 */
export class Compactions {
  readonly #threadId: string;
  readonly #meter: TokenMeter;
  #pending: Pending | null = null;
  #lastResponse: { readonly id: string; readonly inputTokens: number } | null = null;

  constructor(threadId: string, meter: TokenMeter) {
    this.#threadId = threadId;
    this.#meter = meter;
  }

  /** Notes the usage of a response, from its `token_usage_record`. */
  used(id: string, usage: Tokens): void {
    this.#lastResponse = { id, inputTokens: usage.input };
  }

  /** Corrects the place of the pending compaction. */
  inTurn(place: Place): void {
    if (this.#pending) this.#pending.place = place;
  }

  *compacted(line: RolloutLine, place: Place): Generator<FoundCompaction, void> {
    yield* this.resolve(false);
    const local = isLocalCompaction(line);
    const windowNumber = rawNumber(line.text, 'window_number');
    const responseId = rawString(line.text, 'compaction_response_id');
    const request =
      !local && this.#lastResponse && this.#lastResponse.id === responseId ? this.#lastResponse.inputTokens : null;
    const time = timeOf(line.timestamp);
    this.#pending = {
      line: line.number,
      place,
      time,
      windowNumber,
      before: request ?? (local ? this.#meter.contextBeforeUsage : this.#meter.context),
      exact: request !== null,
      // Of the two remote kinds only the older one counts like this; since window numbers are written it may be either.
      exactUnlessMidTurn: local || windowNumber === null,
      after: null,
      times: { startedAt: null, completedAt: time, durationMs: null },
      inputFollowed: false,
    };
  }

  /** Notes a `token_count`. The first one after the line gives the tokens that the context holds now. */
  counted(): void {
    if (this.#pending) this.#pending.after ??= this.#meter.context;
  }

  /** Reads the times of a compaction from its `ContextCompaction` item, which older versions do not have. */
  item(payload: JsonObject): void {
    const [startedAt, completedAt] = [millisecondsOf(payload.started_at_ms), millisecondsOf(payload.completed_at_ms)];
    if (this.#pending)
      this.#pending.times = {
        startedAt,
        completedAt,
        durationMs:
          startedAt === null || completedAt === null || completedAt < startedAt ? null : completedAt - startedAt,
      };
  }

  /** Notes the turn's input. */
  begun(): void {
    if (this.#pending) this.#pending.inputFollowed = true;
  }

  /** The turn ended; without `ended`, only the file did or the process that wrote it. */
  *resolve(ended: boolean): Generator<FoundCompaction, void> {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = null;
    const phase = pending.place.begun
      ? 'mid_turn'
      : pending.inputFollowed
        ? 'pre_turn'
        : ended
          ? 'standalone_turn'
          : null;
    yield {
      line: pending.line,
      fact: {
        kind: 'compaction',
        threadId: this.#threadId,
        turnId: pending.place.turnId,
        tokensBefore: pending.before,
        tokensBeforeExact:
          pending.before !== null &&
          (pending.exact || (pending.exactUnlessMidTurn && phase !== null && phase !== 'mid_turn')),
        tokensAfter: pending.after,
        trigger: phase === null ? null : phase === 'standalone_turn' ? 'manual' : 'auto',
        phase,
        time: pending.time,
        ...pending.times,
        windowNumber: pending.windowNumber,
      },
    };
  }
}

import type { RolloutOutput } from './facts.ts';
import { problemOf, readLine, type RolloutLine } from './line.ts';
import { threadOf } from './thread.ts';
import { ThreadReader } from './thread-reader.ts';

export { isRolloutLine } from './line.ts';

/**
 * Reads rollouts (`schema.md` §8), of any version, line by line: `push` for each line, then `end` once. Facts come when
 * they are settled, a thread's own at its end. Several rollouts in one file are read as several. Copied history is not
 * reported again.
 *
 * Lines with only messages, outputs or a compacted history are not parsed. Memory holds one open turn and its open
 * calls; a cut anywhere gives the facts up to it. Errors: `invalid_json`, `truncated_json`, `nested_too_deep`,
 * `not_a_rollout`, each for its line alone.
 */
export class RolloutReader {
  readonly #options: { readonly titles: boolean };
  #thread: ThreadReader | null = null;
  #recordsRead = 0;

  constructor(options: { readonly titles: boolean }) {
    this.#options = options;
  }

  /** How many records of the present rollout were read, its `session_meta` included. */
  get recordsRead(): number {
    return this.#recordsRead;
  }

  /** Returns the facts that the line settles. `text` is the line without its break, `line` its number in the log. */
  *push(line: number, text: string): Generator<RolloutOutput, void> {
    const result = readLine(line, text);
    if (result.kind === 'nothing') return;
    if (result.kind === 'broken') yield { kind: 'broken', line, code: result.code, message: result.message, text };
    else if (result.line.type === 'session_meta') yield* this.#meta(result.line);
    else if (this.#thread) {
      this.#recordsRead++;
      yield* this.#thread.read(result.line);
    } else
      yield {
        kind: 'broken',
        line,
        code: 'not_a_rollout',
        message:
          'No session_meta comes before this line, so its thread is unknown: the start of the rollout is missing.',
        text,
      };
  }

  /** Returns the facts still open at the end of the log. */
  *end(): Generator<RolloutOutput, void> {
    if (this.#thread) yield* this.#thread.end();
    this.#thread = null;
  }

  *#meta(line: RolloutLine): Generator<RolloutOutput, void> {
    const payload = line.payload();
    const thread = payload && threadOf(payload);
    if (!thread) {
      const problem = problemOf(line.text) ?? {
        code: 'not_a_rollout' as const,
        message: 'This session_meta names no thread.',
      };
      yield { kind: 'broken', line: line.number, code: problem.code, message: problem.message, text: line.text };
    } else if (
      this.#thread &&
      !this.#thread.history.isAnotherRollout(payload, line) &&
      !this.#thread.history.isAnotherSegment(payload, line)
    )
      this.#thread.history.copiedFrom(payload, line);
    else {
      yield* this.end();
      this.#recordsRead = 1;
      this.#thread = new ThreadReader(thread, payload, line, this.#options);
    }
  }
}

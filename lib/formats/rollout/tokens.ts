import type { Tokens } from './facts.ts';
export type { Tokens } from './facts.ts';
import type { RolloutLine } from './line.ts';
import { countOf, objectOf } from './values.ts';

function usageOf(value: unknown): Tokens {
  const usage = objectOf(value);
  const [input, output] = [countOf(usage.input_tokens) ?? 0, countOf(usage.output_tokens) ?? 0];
  return {
    input,
    cachedInput: countOf(usage.cached_input_tokens) ?? 0,
    output,
    reasoningOutput: countOf(usage.reasoning_output_tokens) ?? 0,
    total: countOf(usage.total_tokens) ?? input + output,
  };
}

const number = String.raw`(\d{1,15})`;
const flat =
  String.raw`\{"input_tokens":${number},"cached_input_tokens":${number},(?:"cache_write_input_tokens":\d{1,15},)?"output_tokens":${number},` +
  `"reasoning_output_tokens":${number},"total_tokens":${number}\\}`;
const infoAsWritten = new RegExp(
  String.raw`"info":\{"total_token_usage":${flat},"last_token_usage":${flat}(?:,"last_usage_includes_reasoning":(?:true|false))?,"model_context_window":(\d{1,15}|null)\}`,
);
const usageAsWritten = new RegExp(`"usage":${flat}`);

const tokensOf = (match: RegExpExecArray, from: number): Tokens => ({
  input: Number(match[from]),
  cachedInput: Number(match[from + 1]),
  output: Number(match[from + 2]),
  reasoningOutput: Number(match[from + 3]),
  total: Number(match[from + 4]),
});

/** The content of a `token_count`: the thread's running total, its last usage, or both. */
export interface TokenCount {
  readonly total: Tokens | null;
  readonly last: Tokens | null;
  readonly contextWindow: number | null;
}

/**
 * Reads a `token_count` line; null when it has no content, which is usual. Of all lines that matter these are the most
 * frequent: in Codex's spelling they are read several times as fast as by parsing.
 */
export function tokenCountOf(line: RolloutLine): TokenCount | 'broken' | null {
  const match = infoAsWritten.exec(line.text);
  if (match)
    return {
      total: tokensOf(match, 1),
      last: tokensOf(match, 6),
      contextWindow: match[11] === 'null' ? null : Number(match[11]),
    };
  if (line.text.includes('"info":null')) return null;
  const payload = line.payload();
  if (!payload) return 'broken';
  const info = objectOf(payload.info);
  const [total, last] = [info.total_token_usage, info.last_token_usage].map((usage) =>
    usage === undefined || usage === null ? null : usageOf(usage),
  );
  return total || last
    ? { total: total ?? null, last: last ?? null, contextWindow: countOf(info.model_context_window) }
    : null;
}

/** Reads the usage of one response from its `token_usage_record`. */
export function responseUsageOf(line: RolloutLine): Tokens | null {
  const match = usageAsWritten.exec(line.text);
  if (match) return tokensOf(match, 1);
  const payload = line.payload();
  return payload && usageOf(payload.usage);
}

const combined = (a: Tokens, b: Tokens, sign: 1 | -1): Tokens => ({
  input: Math.max(0, a.input + sign * b.input),
  cachedInput: Math.max(0, a.cachedInput + sign * b.cachedInput),
  output: Math.max(0, a.output + sign * b.output),
  reasoningOutput: Math.max(0, a.reasoningOutput + sign * b.reasoningOutput),
  total: Math.max(0, a.total + sign * b.total),
});
export const addTokens = (a: Tokens | null, b: Tokens): Tokens => (a === null ? b : combined(a, b, 1));

/**
 * Follows the `token_count` records of one thread. They repeat: each gives the thread's running total and the last
 * usage, even if nothing was used since. Neither includes a remote compaction's request, as in `codex_turn_event`
 * (`schema.md` §4.2).
 */
export class TokenMeter {
  #total: Tokens | null = null;
  /** True if the thread continues another file, so that its first total is not its own. */
  readonly #continues: boolean;
  /** The first record's last usage, when the file before may have counted it already. */
  #restored: Tokens | null = null;
  #answered = false;
  /** Tokens in the context, from the last record; null before the first. */
  context: number | null = null;
  /** Tokens in it before the last usage: before a local compaction's own request. */
  contextBeforeUsage: number | null = null;

  constructor({ continues }: { readonly continues: boolean }) {
    this.#continues = continues;
  }

  /** True once any `token_count` has given a usage. */
  get counted(): boolean {
    return this.context !== null;
  }

  /** The model wrote something: later counts are this file's requests. */
  answered(): void {
    this.#answered = true;
  }

  /**
   * Returns the usage since the record before; null for a record without news. Codex writes the restored totals when
   * its first request begins: in a file that continues another one, the first record before the model's answer is no
   * request of this file.
   */
  read({ total, last }: TokenCount): Tokens | null {
    const before = this.#total;
    if (!total) return last && this.#used(last, last);
    const unchanged =
      before !== null && before.total === total.total && before.input === total.input && before.output === total.output;
    this.#total = total;
    if (unchanged) {
      if (last) this.context = last.total;
      return null;
    }
    const growth = before === null || total.total < before.total ? total : combined(total, before, -1);
    const goesOn = this.#continues || (last !== null && total.total !== last.total);
    if (before === null && goesOn && !this.#answered) {
      if (last) this.#used(last, null);
      this.#restored = last;
      return null;
    }
    this.#restored = null;
    // A counter that starts again: its first usage is its total, or it went down.
    if (last)
      return this.#used(
        last,
        before === null || total.total === last.total || total.total < before.total ? last : growth,
      );
    return before === null && goesOn ? null : this.#used(growth, growth);
  }

  /**
   * Returns the first record's usage if no record with news followed until the model's answer was complete: then it was
   * that answer's request.
   */
  takeRestored(): Tokens | null {
    const restored = this.#restored;
    this.#restored = null;
    return this.#answered ? restored : null;
  }

  #used(last: Tokens, used: Tokens | null): Tokens | null {
    this.contextBeforeUsage = this.context;
    this.context = last.total;
    // A context that is too long is entered as full: a total of the window's size, without input and output. Nothing
    // was used for it.
    return last.input === 0 && last.output === 0 ? null : used;
  }
}

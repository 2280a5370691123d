import { z } from 'zod';
import { lastMillisecond } from './moments.ts';

/**
 * The kinds of fields that Codex's events have. A field may be null or missing in any event: `schema.md` §4 says where
 * that is normal, and older versions lack many. The unit of a time comes from its field's name.
 */
/** Mostly UUIDs; anything else is taken as it is, up to a length that no id has. */
export const longestId = 512;
export const id = z.string().min(1).max(longestId);
/**
 * Names, words of an enum, paths, errors. Limited because pages show them in lists; the event's own text has all of it.
 */
export const text = z.string().max(4096).nullish();
export const flag = z.boolean().nullish();
/** Tokens, counts and other whole numbers that cannot be negative. */
export const count = z.int().min(0).nullish();
/** Counts and codes for which the store has 32 bits. */
export const smallCount = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .nullish();
export const integer = z.int().nullish();
export const milliseconds = z.int().min(0).nullish();

/** `*_at_ms`: ms since the epoch. */
export const momentInMilliseconds = z.int().min(0).max(lastMillisecond);
export const timeInMilliseconds = momentInMilliseconds.nullish();
/** `created_at`, `started_at`, `completed_at`: whole seconds since the epoch. */
export const timeInSeconds = z
  .int()
  .min(0)
  .max(lastMillisecond / 1000)
  .nullish();
/** Such a time in ms; 0 means unknown (`semantics.md`, "Time"). */
export const fromSeconds = (seconds: number | null | undefined): number | null => (seconds ? seconds * 1000 : null);

/** The fields of a context-bound event that say where its thread belongs (`schema.md` §6a). */
export const lineage = { session_id: text, thread_source: text, subagent_source: text, parent_thread_id: id.nullish() };
export const lineageFigures = ['thread_source', 'subagent_source', 'parent_thread_id'] as const;

/** `schema.md` §2.1 and §2.2, as far as Dendro uses them. */
export const origin = {
  app_server_client: z.object({ product_client_id: text }).nullish(),
  runtime: z.object({ codex_rs_version: text }).nullish(),
};

export const usage = {
  input_tokens: count,
  cached_input_tokens: count,
  output_tokens: count,
  reasoning_output_tokens: count,
  total_tokens: count,
};
export const usageFigures = [
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'total_tokens',
] as const;

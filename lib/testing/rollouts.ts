import { readdirSync, readFileSync } from 'node:fs';
import type { RolloutFact, RolloutOutput } from '../formats/rollout/facts.ts';
import { RolloutReader } from '../formats/rollout/reader.ts';

/**
 * Rollouts of released versions of Codex, one folder a version, with the analytics events that the same threads sent
 * beside them in `analytics.jsonl`. The model that they talked to was scripted. Long texts are cut. Only 0.171.0 is of
 * code mode.
 */
export const rolloutVersions = ['0.122.0', '0.142.5', '0.169.0', '0.171.0'] as const;
export type RolloutVersion = (typeof rolloutVersions)[number];
const folderOf = (version: RolloutVersion): URL => new URL(`rollouts/${version}/`, import.meta.url);

export const rolloutNames = (version: RolloutVersion): string[] =>
  readdirSync(folderOf(version))
    .filter((name) => name !== 'analytics.jsonl')
    .map((name) => name.replace('.jsonl', ''))
    .sort();
export const rolloutLines = (version: RolloutVersion, name: string): string[] =>
  readFileSync(new URL(`${name}.jsonl`, folderOf(version)), 'utf8')
    .trimEnd()
    .split('\n');
/** An analytics event as it was sent; its type decides which of these fields it has. */
export interface SentEvent {
  readonly event_type: string;
  readonly event_params: {
    readonly [field: string]: unknown;
    readonly thread_id: string;
    readonly turn_id: string;
    readonly reviewed_action: { readonly type: string };
    readonly receiver_thread_ids: readonly string[] | null;
  };
}
export const analyticsOf = (version: RolloutVersion): SentEvent[] =>
  rolloutLines(version, 'analytics').map((line): SentEvent => JSON.parse(line));

export function readRollout(lines: readonly string[], options = { titles: true }): RolloutOutput[] {
  const reader = new RolloutReader(options);
  return [...lines.flatMap((text, index) => [...reader.push(index + 1, text)]), ...reader.end()];
}

type FactOf<K extends RolloutFact['kind']> = Extract<RolloutFact, { kind: K }>;
export function factsOf<K extends RolloutFact['kind']>(outputs: readonly RolloutOutput[], kind: K): FactOf<K>[] {
  const isWanted = (fact: RolloutFact): fact is FactOf<K> => fact.kind === kind;
  return outputs.flatMap((output) => (output.kind === 'fact' && isWanted(output.fact) ? [output.fact] : []));
}

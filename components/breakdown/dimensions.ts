import type { CompactionDimension } from '@/lib/queries/compactions.ts';
import type { GuardianDimension } from '@/lib/queries/guardian.ts';
import type { HookDimension } from '@/lib/queries/hooks.ts';

export type AnyDimension = CompactionDimension | HookDimension | GuardianDimension;
/** The values of a segment's records; null is "no value". */
export type Key = { readonly [D in AnyDimension]?: string | null | undefined };

/** The name of each dimension on the page. */
export const dimensionNames: Readonly<Record<AnyDimension, string>> = {
  trigger: 'trigger',
  reason: 'reason',
  implementation: 'implementation',
  phase: 'phase',
  strategy: 'strategy',
  status: 'status',
  model: 'model',
  codexVersion: 'Codex version',
  threadKind: 'thread kind',
  hookName: 'hook event',
  hookSource: 'source',
  handlerType: 'handler',
  executionMode: 'mode',
  decision: 'decision',
  terminalStatus: 'outcome',
  failureReason: 'failure reason',
  riskLevel: 'risk',
  userAuthorization: 'user authorization',
  outcome: 'verdict',
  actionType: 'action',
  requestSource: 'request source',
  sessionKind: 'session',
  guardianModel: 'guardian model',
};

/** A missing value of a dimension, in words. */
export const missing = 'none';
export const valueText = (value: string | null | undefined): string => value ?? missing;
export const keyText = (key: Key, by: readonly AnyDimension[]): string =>
  by.map((dimension) => valueText(key[dimension])).join(' · ') || 'all';
/** Returns a segment's key as the parameters that select it: no value is the empty text. */
export const keyParameters = (key: Key, by: readonly AnyDimension[]): Readonly<Record<string, string>> =>
  Object.fromEntries(by.map((dimension) => [dimension, key[dimension] ?? '']));
/** Returns the dimensions of a selection. */
export function selectedDimensions(selection: Key): AnyDimension[] {
  const names: AnyDimension[] = [];
  for (const name in dimensionNames) if (isDimension(name) && selection[name] !== undefined) names.push(name);
  return names;
}
const isDimension = (name: string): name is AnyDimension => Object.hasOwn(dimensionNames, name);
export const selectionParameters = (selection: Key): Readonly<Record<string, string>> =>
  keyParameters(selection, selectedDimensions(selection));
/** True when the list shows this segment. */
export const isSelected = (key: Key, by: readonly AnyDimension[], selection: Key): boolean =>
  by.length > 0 && by.every((dimension) => selection[dimension] === (key[dimension] ?? null));

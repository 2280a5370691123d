import { keyParameters, keyText } from '@/components/breakdown/dimensions';
import type { OutcomeGroup } from '@/components/charts/outcomes';
import { address } from '@/components/links';
import { hookOutcomes } from '@/components/ui/status';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { HookDimension, HookGroup } from '@/lib/queries/hooks.ts';

/** Returns groups of hook runs as the bars of a chart; each part links to its runs. */
export function hookOutcomeGroups(
  groups: readonly HookGroup[],
  by: readonly HookDimension[],
  kept: readonly UrlParameters[],
): OutcomeGroup[] {
  return groups.map((group) => {
    const segment = keyParameters(group.key, by);
    const to = (more: UrlParameters): string => `${address('/hooks', ...kept, segment, more)}#records`;
    return {
      label: keyText(group.key, by),
      total: group.total,
      href: to({}),
      parts: hookOutcomes(group).map(({ status, count }) => ({ status, count, href: to({ status }) })),
    };
  });
}

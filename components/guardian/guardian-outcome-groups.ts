import { keyParameters, keyText } from '@/components/breakdown/dimensions';
import type { OutcomeGroup } from '@/components/charts/outcomes';
import { address } from '@/components/links';
import { guardianOutcomes } from '@/components/ui/status';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { GuardianDimension, GuardianGroup } from '@/lib/queries/guardian.ts';

/** Returns groups of guardian reviews as the bars of a chart; each part links to its reviews. */
export function guardianOutcomeGroups(
  groups: readonly GuardianGroup[],
  by: readonly GuardianDimension[],
  kept: readonly UrlParameters[],
): OutcomeGroup[] {
  return groups.map((group) => {
    const segment = keyParameters(group.key, by);
    const to = (more: UrlParameters): string => `${address('/guardian', ...kept, segment, more)}#records`;
    return {
      label: keyText(group.key, by),
      total: group.total,
      href: to({}),
      parts: guardianOutcomes(group).map(({ status, count }) => ({
        status,
        count,
        href: to({ terminalStatus: status }),
      })),
    };
  });
}

import { filterKeys } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import { Notice } from './notice';
import { TextLink } from './text-link';

/**
 * Says why there is nothing to show although something is imported: because of the filter, or because the logs have
 * none.
 */
export function NoMatch({
  what,
  kept,
  clear,
}: {
  readonly what: string;
  readonly kept: UrlParameters;
  readonly clear: string;
}) {
  const filtered = filterKeys.some((key) => kept[key] !== undefined);
  return filtered ? (
    <Notice kind="empty" title={`No ${what} match this filter.`}>
      <TextLink href={clear}>Clear filter</TextLink>
    </Notice>
  ) : (
    <Notice kind="empty" title={`The imported logs have no ${what}.`} />
  );
}

import { pluralize, shortId } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { GuardianThreads } from '@/lib/queries/outline/shapes.ts';
import classes from './tree.module.css';

interface GroupNameProps {
  readonly guardians: GuardianThreads;
  readonly kept: UrlParameters;
  readonly flat: boolean;
  readonly inner: 0 | -1;
}

/** Shows the guardian threads of one reviewed thread, which is named unless it stands directly above. */
export function GroupName({
  guardians: { threads, reviewedThreadId, reviewedTitle },
  kept,
  flat,
  inner,
}: GroupNameProps) {
  const name = <span className={classes.group}>{pluralize(threads, 'guardian thread')}</span>;
  if (reviewedThreadId === null)
    return (
      <span className={classes.names}>
        {name}
        <span className={classes.under} title="The logs do not say which threads they reviewed.">
          reviewed threads unknown
        </span>
      </span>
    );
  return (
    <span className={classes.names}>
      {name}
      <span className={classes.under}>
        {flat ? (
          <>
            of{' '}
            <TextLink
              href={threadAddress(reviewedThreadId, kept)}
              title={`The reviewed thread, ${reviewedThreadId}`}
              tabIndex={inner}
            >
              {reviewedTitle ?? <code>{shortId(reviewedThreadId)}</code>}
            </TextLink>
          </>
        ) : (
          'of the thread above'
        )}
      </span>
    </span>
  );
}

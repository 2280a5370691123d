import { pluralize } from '@/components/formats';
import { address } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { Tokens } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import { threadKinds } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { CompactionGroup } from '@/lib/queries/compactions.ts';
import classes from './summary.module.css';

/** Shows which kinds of threads compacted, and their savings; each links to its compactions. */
export function CompactedByKind({
  groups,
  kept,
}: {
  readonly groups: readonly CompactionGroup[];
  readonly kept: UrlParameters;
}) {
  return (
    <ul className={classes.kinds} aria-label="Compactions by kind of thread">
      {threadKinds
        .flatMap((kind) => groups.filter(({ key }) => key.threadKind === kind))
        .map(({ key, total, completed, tokensSaved }) => {
          const kind = threadKinds.find((each) => each === key.threadKind) ?? 'other';
          return (
            <li key={kind}>
              <Kind kind={kind} />{' '}
              <TextLink href={`${address('/compactions', kept, { threadKind: kind })}#records`}>
                {pluralize(total, 'compaction')}
              </TextLink>
              {completed === 0 ? null : (
                <>
                  , <Tokens value={tokensSaved} exact what="tokens saved" /> tokens saved
                </>
              )}
            </li>
          );
        })}
    </ul>
  );
}

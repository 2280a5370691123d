import { markAddress } from '@/components/ui/status';
import type { ThreadKind } from '@/lib/filter-url.ts';
import classes from './threads.module.css';

const meanings: Readonly<Record<ThreadKind, string>> = {
  user: 'started by a user',
  subagent: 'spawned by another thread',
  guardian: 'reviews another thread’s actions',
  other: 'started by something else, or only mentioned',
};

/** Shows the kind of a thread as a word and a drawing. */
export function Kind({ kind }: { readonly kind: ThreadKind }) {
  return (
    <span className={classes.kind} title={meanings[kind]}>
      <svg aria-hidden="true">
        <use href={markAddress(kind)} />
      </svg>
      {kind}
    </span>
  );
}

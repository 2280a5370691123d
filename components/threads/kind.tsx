import { markAddress } from '@/components/ui/status';
import type { ThreadKind } from '@/lib/filter-url.ts';
import classes from './threads.module.css';

const meanings: Readonly<Record<ThreadKind, string>> = {
  user: 'begun by a user',
  subagent: 'spawned by another thread',
  guardian: 'reviews what another thread wants to do',
  other: 'begun by something else, or only mentioned',
};

/** What kind of thread it is, in a word and a drawing. */
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

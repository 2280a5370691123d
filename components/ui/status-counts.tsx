import { pluralize, formatInteger } from '@/components/formats';
import type { StatusCount } from './status';
import { statusLook } from './status';
import { StatusMark } from './status-mark';
import { Spoken } from './spoken';
import classes from './status.module.css';

/** Shows outcomes as small counts with their marks, without those that never happened; none at all is a plain zero. */
export function StatusCounts({ outcomes, noun }: { readonly outcomes: readonly StatusCount[]; readonly noun: string }) {
  const present = outcomes.filter(({ count }) => count > 0);
  if (present.length === 0)
    return (
      <span className={classes.none} title={`no ${noun}s`}>
        0
      </span>
    );
  return (
    <span className={classes.counts}>
      {present.map(({ status, count }) => {
        const { label, mark, tone, meaning } = statusLook(status);
        return (
          <span key={status} className={classes.count} title={`${pluralize(count, noun)} ${label}: ${meaning}`}>
            <StatusMark mark={mark} tone={tone} />
            {formatInteger(count)}
            <Spoken> {label}</Spoken>
          </span>
        );
      })}
    </span>
  );
}

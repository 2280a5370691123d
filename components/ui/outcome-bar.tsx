import { counted, whole } from '@/components/formats';
import { Spoken } from './spoken';
import { statusLook, type StatusCount } from './status';
import { StatusMark } from './status-mark';
import classes from './outcome-bar.module.css';

/** There is no room for more marks beside the bar; the last ones are added up, and all are on hover. */
const mostMarked = 2;

/**
 * Outcomes as a small bar, each by its share, and beside it, by their marks, how often those happened that are not as they should be; when all are, how many
 * there were.
 */
export function OutcomeBar({ outcomes, noun }: { readonly outcomes: readonly StatusCount[]; readonly noun: string }) {
  const present = outcomes.filter(({ count }) => count > 0);
  const total = present.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return <span className={classes.none} title={`no ${noun}s`}>0</span>;
  const told = present.map(({ status, count }) => `${whole(count)} ${statusLook(status).label}`).join(', ');
  const remarkable = present.filter(({ status }) => statusLook(status).tone !== 'good');
  const marked = remarkable.slice(0, mostMarked);
  const rest = remarkable.slice(marked.length).reduce((sum, { count }) => sum + count, 0);
  return (
    <span className={classes.outcomes} title={`${counted(total, noun)}: ${told}`}>
      <span className={classes.bar} aria-hidden="true">
        {present.map(({ status, count }) => <span key={status} data-tone={statusLook(status).tone} style={{ flexGrow: count }} />)}
      </span>
      {remarkable.length === 0 ? <span aria-hidden="true" className={classes.all}>{whole(total)}</span> : marked.map(({ status, count }) => (
        <span key={status} aria-hidden="true" className={classes.count}><StatusMark mark={statusLook(status).mark} tone={statusLook(status).tone} />{whole(count)}</span>
      ))}
      {rest === 0 ? null : <span aria-hidden="true" className={classes.all}>+{whole(rest)}</span>}
      <Spoken>{told}</Spoken>
    </span>
  );
}

import { pluralize, formatInteger } from '@/components/formats';
import { Spoken } from './spoken';
import { statusLook, type StatusCount } from './status';
import { StatusMark } from './status-mark';
import classes from './outcome-bar.module.css';

/** Room for marks beside the bar; the last ones are added up, and all are on hover. */
const mostMarked = 2;
/**
 * With more digits than these beside two marks, only one mark is shown, so that no number is cut off and read as a
 * smaller one.
 */
const mostDigits = 6;

const sum = (outcomes: readonly StatusCount[]): number => outcomes.reduce((all, { count }) => all + count, 0);

/** Returns the outcomes with a mark of their own, and the sum of the others. */
function markedOf(
  remarkable: readonly StatusCount[],
  most = mostMarked,
): { readonly marked: readonly StatusCount[]; readonly rest: number } {
  const marked = remarkable.slice(0, most);
  const rest = sum(remarkable.slice(most));
  const digits = [...marked.map(({ count }) => count), rest].filter((count) => count > 0).join('').length;
  return most > 1 && digits > mostDigits ? markedOf(remarkable, most - 1) : { marked, rest };
}

/**
 * Shows outcomes as a small bar, each by its share. Beside it are the marks and counts of unwanted outcomes; when all
 * are as they should be, their number.
 */
export function OutcomeBar({ outcomes, noun }: { readonly outcomes: readonly StatusCount[]; readonly noun: string }) {
  const present = outcomes.filter(({ count }) => count > 0);
  const total = sum(present);
  if (total === 0)
    return (
      <span className={classes.none} title={`no ${noun}s`}>
        0
      </span>
    );
  const summary = present.map(({ status, count }) => `${formatInteger(count)} ${statusLook(status).label}`).join(', ');
  const remarkable = present.filter(({ status }) => statusLook(status).tone !== 'good');
  const { marked, rest } = markedOf(remarkable);
  return (
    <span className={classes.outcomes} title={`${pluralize(total, noun)}: ${summary}`}>
      <span className={classes.bar} aria-hidden="true">
        {present.map(({ status, count }) => (
          <span key={status} data-tone={statusLook(status).tone} style={{ flexGrow: count }} />
        ))}
      </span>
      {remarkable.length === 0 ? (
        <span aria-hidden="true" className={classes.all}>
          {formatInteger(total)}
        </span>
      ) : (
        marked.map(({ status, count }) => (
          <span key={status} aria-hidden="true" className={classes.count}>
            <StatusMark mark={statusLook(status).mark} tone={statusLook(status).tone} />
            {formatInteger(count)}
          </span>
        ))
      )}
      {rest === 0 ? null : (
        <span aria-hidden="true" className={classes.all}>
          +{formatInteger(rest)}
        </span>
      )}
      <Spoken>{summary}</Spoken>
    </span>
  );
}

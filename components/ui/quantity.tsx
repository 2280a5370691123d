import {
  countText,
  formatClock,
  formatDay,
  formatDuration,
  formatRelative,
  formatShare,
  formatShort,
  formatShortTime,
  formatTime,
  formatInteger,
} from '@/components/formats';
import { Spoken } from './spoken';
import classes from './quantity.module.css';

/** Shows that the log does not give a value, which is not zero. */
export function Unknown({ reason = 'Not in the log.' }: { readonly reason?: string }) {
  return (
    <span className={classes.unknown} title={reason}>
      —<Spoken> unknown</Spoken>
    </span>
  );
}

/** Shows every digit of a count; zero is quiet. */
export function Count({ value, unit }: { readonly value: number | null; readonly unit: string }) {
  if (value === null) return <Unknown />;
  return (
    <span className={value === 0 ? classes.zero : undefined} title={countText(value, unit)}>
      {formatInteger(value)}
    </span>
  );
}

/** Shows tokens in three digits, with every digit on hover. A negative figure keeps its minus and is marked. */
export function Tokens({
  value,
  what = 'tokens',
  exact = false,
  absent = 'Codex reported no token usage.',
}: {
  readonly value: number | null;
  readonly what?: string;
  readonly exact?: boolean;
  readonly absent?: string;
}) {
  if (value === null) return <Unknown reason={absent} />;
  const look = value < 0 ? classes.negative : value === 0 ? classes.zero : undefined;
  return (
    <span className={look} title={countText(value, what)}>
      {exact ? formatInteger(value) : formatShort(value)}
    </span>
  );
}

export function Duration({ milliseconds }: { readonly milliseconds: number | null }) {
  if (milliseconds === null) return <Unknown />;
  return <span title={`${formatInteger(milliseconds)} ms`}>{formatDuration(milliseconds)}</span>;
}

export function Share({ part, total }: { readonly part: number; readonly total: number }) {
  const text = formatShare(part, total);
  return text === null ? (
    <Unknown reason="Nothing to compare with." />
  ) : (
    <span
      className={part < 0 ? classes.negative : undefined}
      title={`${formatInteger(part)} of ${formatInteger(total)}`}
    >
      {text}
    </span>
  );
}

/** Shows a time in UTC, with the exact one and its distance from now on hover. */
export function Time({
  iso,
  note,
  as = 'absolute',
}: {
  readonly iso: string | null;
  readonly note?: string;
  readonly as?: 'absolute' | 'short' | 'day' | 'clock' | 'relative';
}) {
  if (iso === null) return <Unknown reason="No time in the log." />;
  const distance = formatRelative(iso);
  const text = {
    absolute: formatTime(iso),
    short: formatShortTime(iso),
    day: formatDay(iso),
    clock: formatClock(iso),
    relative: distance,
  }[as];
  const exact = `${iso.replace('T', ' ').replace('Z', ' UTC')}, ${distance}${note === undefined ? '' : `; ${note}`}`;
  // "Now" differs between the server and the browser.
  return (
    <time dateTime={iso} title={exact} className={classes.time} suppressHydrationWarning>
      {text}
      {note === undefined ? null : (
        <span aria-hidden="true" className={classes.note}>
          *
        </span>
      )}
    </time>
  );
}

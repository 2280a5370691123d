import { counted, duration, timeText, whole } from '@/components/formats';
import { address } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Summary } from '@/lib/queries/summary.ts';
import classes from './summary.module.css';

/** How many events the figures come from, and when they happened. */
export function TimeSpan({ events, range: { from, to }, kept }: { readonly events: Summary['events']; readonly range: Summary['timeRange']; readonly kept: UrlParameters }) {
  return (
    <p className={classes.span}>
      From <TextLink href={address('/events', kept)}>{counted(events.total, 'event')}</TextLink>
      {events.unknown > 0 ? `, ${whole(events.unknown)} of them of a type that Dendro does not know` : ''}
      {from === null || to === null ? '.' : <>, <time dateTime={from} title={from}>{timeText(from)}</time> to <time dateTime={to} title={to}>{timeText(to)}</time> UTC ({duration(Date.parse(to) - Date.parse(from))}).</>}
    </p>
  );
}

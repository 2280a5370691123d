import { pluralize, formatDuration, formatTime, formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Summary } from '@/lib/queries/summary.ts';
import classes from './summary.module.css';

/** Shows the number of events behind the figures, their kinds of log, and their time range. */
export function TimeSpan({
  summary: {
    events,
    sources,
    timeRange: { from, to },
  },
  kept,
}: {
  readonly summary: Pick<Summary, 'events' | 'sources' | 'timeRange'>;
  readonly kept: UrlParameters;
}) {
  return (
    <p className={classes.span}>
      From <TextLink href={address('/events', kept)}>{pluralize(events.total, 'event')}</TextLink>
      {events.unknown > 0 ? `, ${formatInteger(events.unknown)} of unknown type` : ''}
      {events.total === 0 ? null : (
        <>
          : <In sources={sources} kept={kept} />
        </>
      )}
      {from === null || to === null ? (
        '.'
      ) : (
        <>
          ,{' '}
          <time dateTime={from} title={from}>
            {formatTime(from)}
          </time>{' '}
          to{' '}
          <time dateTime={to} title={to}>
            {formatTime(to)}
          </time>{' '}
          UTC ({formatDuration(Date.parse(to) - Date.parse(from))}).
        </>
      )}
    </p>
  );
}

/** Shows the imported kinds of log. They complete each other, so a missing one is named too. */
function In({
  sources: { analytics, rollout },
  kept,
}: {
  readonly sources: Summary['sources'];
  readonly kept: UrlParameters;
}) {
  return (
    <>
      {analytics.events === 0 ? (
        'no analytics events'
      ) : (
        <TextLink href={address('/events', kept, { source: 'analytics' })}>
          {pluralize(analytics.events, 'analytics event')}
        </TextLink>
      )}
      {' · '}
      {rollout.events === 0 ? (
        'no rollouts'
      ) : (
        <TextLink
          href={address('/events', kept, { type: 'rollout_thread' })}
          title={pluralize(rollout.events, 'event')}
        >
          {pluralize(rollout.threads, 'rollout')}
        </TextLink>
      )}
    </>
  );
}

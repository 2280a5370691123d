'use client';

import { useState } from 'react';
import { z } from 'zod';
import { pluralize, formatInteger } from '@/components/formats';
import { EventJson } from '@/components/event/event-json';
import { address } from '@/components/links';
import { Button } from '@/components/ui/button';
import { EventTime } from '@/components/ui/event-time';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { Import, LoggedEvent } from '@/lib/queries/shapes.ts';
import type { Selection } from './selection';
import { useAnswer } from './use-answer';
import classes from './details.module.css';

/** The browser's side of `GET /api/events` with the events' texts. */
const EventPage = z.object({ events: z.array(LoggedEvent), nextCursor: z.string().nullable() });
const pageSize = '50';

/**
 * Shows the events of the selection as they are in the logs, with a search: one event, or those of a turn, or of
 * `threadId`. `what` says whose.
 */
export function EventTexts({
  selection,
  threadId,
  what,
}: {
  readonly selection: Selection;
  readonly threadId: string;
  readonly what: string;
}) {
  const [search, setSearch] = useState('');
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const one = useAnswer(
    LoggedEvent,
    selection.kind === 'event' ? `/api/events/${encodeURIComponent(selection.eventId)}` : null,
  );
  const many = useAnswer(
    EventPage,
    selection.kind === 'event'
      ? null
      : address('/api/events', {
          threadId,
          turnId: selection.kind === 'turn' ? selection.turnId : undefined,
          limit: pageSize,
          withText: 'true',
          cursor,
        }),
  );
  const { reading, again } = selection.kind === 'event' ? one : many;
  if (reading.kind === 'reading') return <Skeleton lines={3} what="the events" />;
  if (reading.kind === 'failed')
    return (
      <Notice kind="error" title={reading.error.message}>
        <Button onClick={again}>Try again</Button>
      </Notice>
    );
  const { value } = reading;
  const events = 'events' in value ? value.events : [value];
  const nextCursor = 'events' in value ? value.nextCursor : null;
  const wanted = search.trim().toLowerCase();
  const found = wanted === '' ? events : events.filter(({ text }) => text.toLowerCase().includes(wanted));
  return (
    <div className={classes.events}>
      <div className={classes.eventsHead}>
        <h3>
          {what}
          {events.length === 1 ? '' : 's'}
        </h3>
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Search JSON"
          aria-label="Search JSON"
        />
        <span role="status">
          {wanted === ''
            ? `${pluralize(events.length, 'event')}${nextCursor === null ? '' : ', more on the next page'}`
            : `${formatInteger(found.length)} of ${pluralize(events.length, 'event')} ${found.length === 1 ? 'matches' : 'match'}`}
        </span>
        {cursor === undefined ? null : <Button onClick={() => setCursors(cursors.slice(0, -1))}>Previous</Button>}
        {nextCursor === null ? null : <Button onClick={() => setCursors([...cursors, nextCursor])}>Next</Button>}
      </div>
      {found.map((event) => (
        <OneEvent key={event.id} event={event} search={wanted} open={found.length === 1} />
      ))}
    </div>
  );
}

function OneEvent({
  event,
  search,
  open,
}: {
  readonly event: LoggedEvent;
  readonly search: string;
  readonly open: boolean;
}) {
  const [unfolded, setUnfolded] = useState(open);
  return (
    <details className={classes.event} open={open} onToggle={(toggle) => setUnfolded(toggle.currentTarget.open)}>
      <summary>
        <code>{event.type}</code> <EventTime time={event.time} source={event.timeSource} />{' '}
        <span className={classes.from}>
          <ImportName importId={event.importId} />, line {formatInteger(event.line)}
        </span>
      </summary>
      {unfolded ? (
        <>
          <p className={classes.from}>
            <TextLink href={`/imports/${encodeURIComponent(event.importId)}`}>Show import</TextLink>
          </p>
          <EventJson text={event.text} id={event.id} search={search} />
        </>
      ) : null}
    </details>
  );
}

function ImportName({ importId }: { readonly importId: string }) {
  const { reading } = useAnswer(Import, `/api/imports/${encodeURIComponent(importId)}`);
  return reading.kind === 'ready' ? reading.value.name : `import ${importId}`;
}

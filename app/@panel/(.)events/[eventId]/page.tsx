import { EventFacts } from '@/components/event/event-facts';
import { EventJson } from '@/components/event/event-json';
import { EventPanel } from '@/components/event/event-panel';
import { Notice } from '@/components/ui/notice';
import { readEvent, importNameOf } from '../../../events/read-event';
import { readPage, type SearchParams } from '../../../view';

/** Shows an event beside the page it was opened from. When its address is opened afresh, the event has its own page. */
export default async function EventBeside({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly eventId: string }>;
  readonly searchParams: SearchParams;
}) {
  const { eventId } = await params;
  const event = await readEvent(eventId);
  const page = await readPage(searchParams);
  const kept = page.ok ? page.value.kept : {};
  return (
    <EventPanel title={event?.type ?? 'Event'} href={`/events/${encodeURIComponent(eventId)}`}>
      {event === null ? (
        <Notice kind="error" title="Event not found. Its import may have been deleted." />
      ) : (
        <>
          <EventFacts event={event} importName={await importNameOf(event)} kept={kept} />
          <EventJson text={event.text} id={event.id} />
        </>
      )}
    </EventPanel>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EventFacts } from '@/components/event/event-facts';
import { EventJson } from '@/components/event/event-json';
import { BadAddress } from '@/components/ui/bad-address';
import { PageHeader } from '@/components/ui/page-header';
import { importNameOf, readEvent } from '../read-event';
import { readPage, type SearchParams } from '../../view';

type Props = { readonly params: Promise<{ readonly eventId: string }>; readonly searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readEvent((await params).eventId))?.type ?? 'Not found' };
}

export default async function EventPage({ params, searchParams }: Props) {
  const event = await readEvent((await params).eventId);
  if (!event) notFound();
  const page = await readPage(searchParams);
  if (!page.ok) return <BadAddress title="Event" path={`/events/${event.id}`} bad={page} />;
  return (
    <>
      <PageHeader title={<code>{event.type}</code>}>An event as Codex logged it.</PageHeader>
      <EventFacts event={event} importName={await importNameOf(event)} kept={page.value.kept} />
      <EventJson text={event.text} id={event.id} />
    </>
  );
}

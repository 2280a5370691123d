import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { EventTable } from '@/components/event/event-table';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Chip, Chips } from '@/components/ui/chip';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { parseParameters } from '@/lib/parameters.ts';
import { eventList } from '@/lib/queries/events.ts';
import { Filled } from '../filled';
import { readFacets, readView, store, type SearchParams, type View } from '../view';

export const metadata: Metadata = { title: 'Events' };
const path = '/events';
const Parameters = z.object({ threadId: z.string().optional(), turnId: z.string().optional(), type: z.string().optional(), cursor: z.string().optional() });
const names = ['threadId', 'turnId', 'type'] as const;
const nouns = { threadId: 'thread', turnId: 'turn', type: 'type' } as const;

export default async function EventsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const view = await readView(searchParams);
  if (!view.ok) return <BadAddress title="Events" path={path} error={view.error} />;
  const parsed = parseParameters(Parameters, view.value.parameters);
  if (!parsed.ok) return <BadAddress title="Events" path={path} error={parsed.error} />;
  return (
    <>
      <PageHeader title="Events">Every event as Codex logged it, in the order of the logs; * marks a time that is not the event’s own.</PageHeader>
      <Filled><Block title="Events" what="the events" lines={12}><Events {...view.value} {...parsed.value} /></Block></Filled>
    </>
  );
}

async function Events({ filter, kept, cursor, ...selection }: View & z.output<typeof Parameters>) {
  const { threadId, turnId, type } = selection;
  const chosen = { threadId, turnId, type };
  const [{ events, nextCursor }, { imports }] = await Promise.all([eventList(store(), filter, { ...chosen, limit: 100, cursor }), readFacets()]);
  return (
    <>
      {names.some((name) => chosen[name] !== undefined) ? (
        <Chips label="Selected events">
          {names.map((name) => (chosen[name] === undefined ? null : <li key={name}><Chip name={nouns[name]} value={chosen[name]} href={address(path, kept, chosen, { [name]: undefined })} /></li>))}
        </Chips>
      ) : null}
      {events.length === 0 ? <NoMatch what="events" kept={kept} clear={address(path, chosen)} /> : <EventTable events={events} importNames={new Map(imports.map(({ id, name }) => [id, name]))} kept={kept} />}
      <NextPage path={path} parameters={[kept, chosen]} nextCursor={nextCursor} cursor={cursor} what="events" />
    </>
  );
}

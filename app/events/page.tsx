import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { EventTable } from '@/components/event/event-table';
import { address } from '@/components/links';
import { Chosen } from '@/components/quality/chosen';
import { eventOddityWords, occurrenceWords, repairReason, timeSourceWords } from '@/components/quality/words';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { eventList, EventSelection } from '@/lib/queries/events.ts';
import { importNames } from '@/lib/queries/imports.ts';
import { Filled } from '../filled';
import { listed } from '../listed';
import { readPage, store, type SearchParams, type View } from '../view';

export const metadata: Metadata = { title: 'Events' };
const path = '/events';
const Parameters = EventSelection.extend({ cursor: z.string().optional() });

export default async function EventsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Events" path={path} bad={page} />;
  return (
    <>
      <PageHeader title="Events">
        Every event as Codex logged it, in log order. * marks a time taken from elsewhere.
      </PageHeader>
      <Filled>
        <Block title="Events" what="the events" lines={12}>
          <Events {...page.value} />
        </Block>
      </Filled>
    </>
  );
}

async function Events({ filter, kept, cursor, ...chosen }: View & z.output<typeof Parameters>) {
  const { timeSource, occurrence, oddity, judged, repaired } = chosen;
  return listed(address(path, kept, chosen), async () => {
    const { events, nextCursor } = await eventList(store(), filter, { ...chosen, limit: 100, cursor });
    const asItIs = (name: string, noun: string, text: string | undefined) =>
      text === undefined ? null : { name, noun, text };
    return (
      <>
        <Chosen
          label="Selected events"
          path={path}
          kept={kept}
          chosen={chosen}
          parts={[
            asItIs('threadId', 'thread', chosen.threadId),
            asItIs('turnId', 'turn', chosen.turnId),
            asItIs('type', 'type', chosen.type),
            asItIs('kind', 'kind', chosen.kind),
            asItIs('format', 'format', chosen.format),
            asItIs('source', 'log type', chosen.source),
            asItIs('timeSource', 'time from', timeSource && timeSourceWords[timeSource].name),
            asItIs('occurrence', 'occurrences', occurrence && occurrenceWords[occurrence].name),
            asItIs('oddity', 'oddity', oddity && eventOddityWords[oddity].name),
            asItIs('judged', 'checked for', judged && eventOddityWords[judged].name),
            asItIs('repaired', 'with', repaired && `a field ${repairReason}`),
            asItIs('repairedField', repairReason, chosen.repairedField),
            asItIs('field', 'holds', chosen.field),
            asItIs('value', 'as', chosen.value),
          ]}
        />
        {events.length > 0 ? (
          <EventTable
            events={events}
            importNames={await importNames(
              store(),
              events.map(({ importId }) => importId),
            )}
            kept={kept}
          />
        ) : null}
        {events.length === 0 && nextCursor === null ? (
          <NoMatch what="events" kept={kept} clear={address(path, chosen)} />
        ) : null}
        {events.length === 0 && nextCursor !== null ? <Notice kind="empty" title="No matches so far." /> : null}
        <NextPage path={path} parameters={[kept, chosen]} nextCursor={nextCursor} cursor={cursor} what="events" />
      </>
    );
  });
}

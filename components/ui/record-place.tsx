import { eventAddress, threadAddress, turnAddress } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import { Cell, Head } from './data-table';
import { Identifier } from './identifier';
import { Unknown } from './quantity';
import { TextLink } from './text-link';

interface RecordPlaceProps { readonly threadId: string | null; readonly turnId: string | null; readonly eventId: string; readonly kept: UrlParameters }

/** The heads of `RecordPlace`. */
export const RecordPlaceHeads = () => <><Head>Thread</Head><Head>Turn</Head><Head>Event</Head></>;

/** Where a record stands: its thread, its turn, and the event that says so. */
export function RecordPlace({ threadId, turnId, eventId, kept }: RecordPlaceProps) {
  return (
    <>
      <Cell>{threadId === null ? <Unknown /> : <Identifier id={threadId} href={threadAddress(threadId, kept)} />}</Cell>
      <Cell>{threadId === null || turnId === null ? <Unknown /> : <Identifier id={turnId} href={turnAddress(threadId, turnId, kept)} />}</Cell>
      <Cell><TextLink href={eventAddress(eventId, kept)}>JSON</TextLink></Cell>
    </>
  );
}

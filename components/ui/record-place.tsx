import { eventAddress, turnAddress } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadName } from '@/lib/queries/thread-names.ts';
import { Cell, Head } from './data-table';
import { Identifier } from './identifier';
import { Unknown } from './quantity';
import { TextLink } from './text-link';
import { ThreadReference } from './thread-reference';

/** The names of the threads in a list of records, by id. */
export type ThreadNames = ReadonlyMap<string, ThreadName>;
interface RecordPlaceProps {
  readonly threadId: string | null;
  readonly turnId: string | null;
  readonly eventId: string;
  readonly names: ThreadNames;
  readonly kept: UrlParameters;
}

/** The heads of `RecordPlace`. */
export const RecordPlaceHeads = () => (
  <>
    <Head>Thread</Head>
    <Head>Turn</Head>
    <Head>Event</Head>
  </>
);

/** Shows the place of a record: its thread, its turn, and its event. */
export function RecordPlace({ threadId, turnId, eventId, names, kept }: RecordPlaceProps) {
  return (
    <>
      <Cell>
        {threadId === null ? (
          <Unknown />
        ) : (
          <ThreadReference threadId={threadId} name={names.get(threadId)} kept={kept} />
        )}
      </Cell>
      <Cell>
        {threadId === null || turnId === null ? (
          <Unknown />
        ) : (
          <Identifier id={turnId} href={turnAddress(threadId, turnId, kept)} />
        )}
      </Cell>
      <Cell>
        <TextLink href={eventAddress(eventId, kept)}>JSON</TextLink>
      </Cell>
    </>
  );
}

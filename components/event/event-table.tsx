import { formatInteger } from '@/components/formats';
import { eventAddress, threadAddress, turnAddress } from '@/components/links';
import { repairReason } from '@/components/quality/words';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { EventTime } from '@/components/ui/event-time';
import { Identifier } from '@/components/ui/identifier';
import { Unknown } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { LoggedEvent } from '@/lib/queries/shapes.ts';
import { FieldPaths } from './field-paths';

/** Shows events one by one, each with a link to its JSON. */
export function EventTable({
  events,
  importNames,
  kept,
}: {
  readonly events: readonly LoggedEvent[];
  readonly importNames: ReadonlyMap<string, string>;
  readonly kept: UrlParameters;
}) {
  const repaired = events.some(({ repairs }) => repairs.length > 0);
  return (
    <DataTable
      caption="Events"
      head={
        <tr>
          <Head>Event</Head>
          <Head>Time (UTC)</Head>
          <Head>Thread</Head>
          <Head>Turn</Head>
          <Head>Import</Head>
          <Head figure>Line</Head>
          {repaired ? <Head title={`Fields ${repairReason}; counted as missing`}>Repaired</Head> : null}
        </tr>
      }
    >
      {events.map(({ id, type, time, timeSource, threadId, turnId, importId, line, repairs }) => (
        <tr key={id}>
          <Cell>
            <TextLink href={eventAddress(id, kept)}>
              <code>{type}</code>
            </TextLink>
          </Cell>
          <Cell>
            <EventTime time={time} source={timeSource} />
          </Cell>
          <Cell>
            {threadId === null ? <Unknown /> : <Identifier id={threadId} href={threadAddress(threadId, kept)} />}
          </Cell>
          <Cell>
            {turnId === null ? (
              <Unknown />
            ) : (
              <Identifier id={turnId} {...(threadId === null ? {} : { href: turnAddress(threadId, turnId, kept) })} />
            )}
          </Cell>
          <Cell>
            <TextLink href={`/imports/${importId}`}>{importNames.get(importId) ?? importId}</TextLink>
          </Cell>
          <Cell figure>{formatInteger(line)}</Cell>
          {repaired ? (
            <Cell>
              <FieldPaths paths={repairs} />
            </Cell>
          ) : null}
        </tr>
      ))}
    </DataTable>
  );
}

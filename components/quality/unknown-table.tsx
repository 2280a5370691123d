import { eventAddress, eventsAddress } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { EventTime } from '@/components/ui/event-time';
import { Count } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { UnknownThing } from '@/lib/queries/quality/unknowns.ts';
import { LinkedCount } from './linked-count';

/** The type of unknown things that are too many for an import to tell apart. */
const rest = '…';
const names = { type: 'event type', field: 'field', value: 'value' } as const;

/** Shows everything that Dendro does not know, each with an example event. */
export function UnknownTable({
  unknowns,
  scope,
}: {
  readonly unknowns: readonly UnknownThing[];
  readonly scope: UrlParameters;
}) {
  return (
    <DataTable
      caption="Unknown types, fields and values"
      head={
        <tr>
          <Head>Unknown</Head>
          <Head>Event type</Head>
          <Head>Field</Head>
          <Head>Value</Head>
          <Head figure title="Includes repeats">
            Events
          </Head>
          <Head>First seen (UTC)</Head>
          <Head>Last seen (UTC)</Head>
          <Head>Example</Head>
        </tr>
      }
    >
      {unknowns.map((unknown) => {
        const { what, type, field, value, occurrences, first, last } = unknown;
        return (
          <tr key={JSON.stringify([what, type, field, value])}>
            <Cell>{names[what]}</Cell>
            <Cell>{type === rest ? 'too many to list' : <code>{type}</code>}</Cell>
            <Cell>{field === null ? null : <code>{field}</code>}</Cell>
            <Cell>{value === null ? null : <code>{value}</code>}</Cell>
            <Cell figure>
              {type === rest ? (
                <Count value={occurrences} unit="events" />
              ) : (
                <LinkedCount value={occurrences} unit="events" href={rowsOf(unknown, scope)} />
              )}
            </Cell>
            <Cell>
              <TextLink href={eventAddress(first.eventId, {})}>
                <EventTime time={first.time} source={first.timeSource} />
              </TextLink>
            </Cell>
            <Cell>
              <TextLink href={eventAddress(last.eventId, {})}>
                <EventTime time={last.time} source={last.timeSource} />
              </TextLink>
            </Cell>
            <Cell>
              <TextLink href={eventAddress(first.eventId, {})}>JSON</TextLink>
            </Cell>
          </tr>
        );
      })}
    </DataTable>
  );
}

const rowsOf = ({ type, field, value }: UnknownThing, scope: UrlParameters): string =>
  eventsAddress(scope, { type, occurrence: 'all' }, field === null ? {} : { field }, value === null ? {} : { value });

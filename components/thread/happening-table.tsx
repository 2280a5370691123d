import { pluralize, formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { DataTable, Head } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { HappeningRow } from './happening-row';
import type { Happening } from './happenings';
import classes from './thread.module.css';

/** A turn may have thousands; the page of the turn's events has them all. */
const mostShown = 200;

/** Shows what happened in a turn, in order: the first of `total`. */
export function HappeningTable({
  happenings,
  total,
  caption,
  events,
  kept,
}: {
  readonly happenings: readonly Happening[];
  readonly total: number;
  readonly caption: string;
  readonly events: UrlParameters;
  readonly kept: UrlParameters;
}) {
  const shown = happenings.slice(0, mostShown);
  return (
    <>
      {shown.length === 0 ? null : (
        <DataTable
          caption={caption}
          head={
            <tr>
              <Head>Time (UTC)</Head>
              <Head>Type</Head>
              <Head>Details</Head>
              <Head>Outcome</Head>
              <Head figure>Duration</Head>
              <Head>Source</Head>
              <Head>Event</Head>
            </tr>
          }
        >
          {shown.map((happening) => (
            <HappeningRow key={`${happening.kind} ${happening.record.eventId}`} happening={happening} kept={kept} />
          ))}
        </DataTable>
      )}
      <p className={classes.events}>
        {total > shown.length
          ? `Showing the first ${formatInteger(shown.length)} of ${pluralize(total, 'record')}. `
          : ''}
        <TextLink href={address('/events', events)}>All events</TextLink>
      </p>
    </>
  );
}

import { Fragment } from 'react';
import { address, eventsAddress, rowsAddress } from '@/components/links';
import { Badge } from '@/components/ui/badge';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ByImport, EventsByType, Lines, PassedOver } from '@/lib/queries/quality/came-in.ts';
import type { Repairs } from '@/lib/queries/quality/events.ts';
import type { RejectsByCode } from '@/lib/queries/quality/rejects.ts';
import { LinkedCount } from './linked-count';
import { repairReason } from './words';
import classes from './quality.module.css';

/** Shows lines by their format. */
export function LineTable({
  lines: { total, blank, rejected, formats },
  scope,
}: {
  readonly lines: Lines;
  readonly scope: UrlParameters;
}) {
  return (
    <DataTable
      caption="Lines by format"
      head={
        <tr>
          <Head>Read as</Head>
          <Head figure>Lines</Head>
        </tr>
      }
    >
      {formats.map(({ format, lines }) => (
        <tr key={format}>
          <Cell>{format}</Cell>
          <Cell figure>
            <LinkedCount value={lines} unit="lines" href={rowsAddress('lines', scope, { readAs: format })} />
          </Cell>
        </tr>
      ))}
      <tr>
        <Cell>blank</Cell>
        <Cell figure>
          <LinkedCount value={blank} unit="lines" href={rowsAddress('lines', scope, { readAs: 'blank' })} />
        </Cell>
      </tr>
      <tr>
        <Cell>rejected</Cell>
        <Cell figure>
          <LinkedCount value={rejected} unit="lines" href={rowsAddress('rejects', scope)} />
        </Cell>
      </tr>
      <tr>
        <Cell>all lines</Cell>
        <Cell figure>
          <LinkedCount value={total} unit="lines" href={rowsAddress('lines', scope)} />
        </Cell>
      </tr>
    </DataTable>
  );
}

export function RejectCodeTable({
  rejects,
  scope,
}: {
  readonly rejects: RejectsByCode;
  readonly scope: UrlParameters;
}) {
  return (
    <DataTable
      caption="Rejects by code"
      head={
        <tr>
          <Head>Code</Head>
          <Head figure title="A line with several events may be rejected more than once">
            Rejects
          </Head>
          <Head>Example</Head>
        </tr>
      }
    >
      {rejects.map(({ code, rejects: count, example }) => (
        <tr key={code}>
          <Cell>
            <code>{code}</code>
          </Cell>
          <Cell figure>
            <LinkedCount value={count} unit="rejects" href={rowsAddress('rejects', scope, { code })} />
          </Cell>
          <Cell>
            <span className={classes.sentence}>{example}</span>
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

/** Shows events by type and format, and marks types that Dendro does not know. */
export function TypeTable({ types, scope }: { readonly types: EventsByType; readonly scope: UrlParameters }) {
  return (
    <DataTable
      caption="Events by type"
      head={
        <tr>
          <Head>Type</Head>
          <Head figure title="Includes repeats">
            Events
          </Head>
          <Head figure title={`Events with a dropped field ${repairReason}`}>
            Repaired
          </Head>
          <Head>Read as</Head>
        </tr>
      }
    >
      {types.map(({ type, known, events, repaired, formats }) => {
        const of = { type, occurrence: 'all' };
        return (
          <tr key={type}>
            <Cell>
              <code>{type}</code>
              {known ? null : (
                <>
                  {' '}
                  <Badge strong meaning="Dendro does not know this type. Its events are kept in full.">
                    unknown
                  </Badge>
                </>
              )}
            </Cell>
            <Cell figure>
              <LinkedCount value={events} unit="events" href={eventsAddress(scope, of)} />
            </Cell>
            <Cell figure>
              <LinkedCount value={repaired} unit="events" href={eventsAddress(scope, of, { repaired: 'true' })} />
            </Cell>
            <Cell>
              {formats.map(({ format, events: count }, index) => (
                <Fragment key={format}>
                  {index === 0 ? null : ', '}
                  {format} <LinkedCount value={count} unit="events" href={eventsAddress(scope, of, { format })} />
                </Fragment>
              ))}
            </Cell>
          </tr>
        );
      })}
    </DataTable>
  );
}

/** Shows events that lost a field, by that field. */
export function RepairTable({ repairs, scope }: { readonly repairs: Repairs; readonly scope: UrlParameters }) {
  return (
    <DataTable
      caption="Repaired events by field"
      head={
        <tr>
          <Head>Type</Head>
          <Head>Field</Head>
          <Head figure title="Includes repeats">
            Events
          </Head>
        </tr>
      }
    >
      {repairs.map(({ type, field, events }) => (
        <tr key={`${type} ${field}`}>
          <Cell>
            <code>{type}</code>
          </Cell>
          <Cell>
            <code>{field}</code>
          </Cell>
          <Cell figure>
            <LinkedCount
              value={events}
              unit="events"
              href={eventsAddress(scope, { type, repairedField: field, occurrence: 'all' })}
            />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

export function PassedOverTable({
  entries,
  importNames,
}: {
  readonly entries: PassedOver['entries'];
  readonly importNames: ReadonlyMap<string, string>;
}) {
  return (
    <DataTable
      caption="Archive entries not read"
      head={
        <tr>
          <Head>Import</Head>
          <Head>Entry</Head>
          <Head>Reason</Head>
        </tr>
      }
    >
      {entries.map(({ importId, path, reason }, index) => (
        <tr key={`${importId} ${index}`}>
          <Cell>
            <TextLink href={`/imports/${importId}`}>{importNames.get(importId) ?? importId}</TextLink>
          </Cell>
          <Cell>
            <span className={classes.sentence}>{path}</span>
          </Cell>
          <Cell>
            <code>{reason}</code>
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

/** Shows the same figures for each import. */
export function ByImportTable({ imports }: { readonly imports: ByImport['imports'] }) {
  return (
    <DataTable
      caption="By import"
      head={
        <tr>
          <Head>Import</Head>
          <Head figure>Lines</Head>
          <Head figure>Rejected</Head>
          <Head figure title="Includes repeats">
            Events
          </Head>
          <Head figure title="Events of an unknown type">
            Unknown
          </Head>
          <Head figure>Repaired</Head>
          <Head figure>Repeated</Head>
        </tr>
      }
    >
      {imports.map(({ id, name, lines, rejectedLines, events, unknown, repaired, repeated }) => {
        const only = { importId: id };
        return (
          <tr key={id}>
            <Cell>
              <TextLink href={address('/quality', only)}>{name}</TextLink>
            </Cell>
            <Cell figure>
              <LinkedCount value={lines} unit="lines" href={rowsAddress('lines', only)} />
            </Cell>
            <Cell figure>
              <LinkedCount value={rejectedLines} unit="lines" href={rowsAddress('rejects', only)} />
            </Cell>
            <Cell figure>
              <LinkedCount value={events} unit="events" href={eventsAddress(only, { occurrence: 'all' })} />
            </Cell>
            <Cell figure>
              <LinkedCount
                value={unknown}
                unit="events"
                href={eventsAddress(only, { kind: 'unknown', occurrence: 'all' })}
              />
            </Cell>
            <Cell figure>
              <LinkedCount
                value={repaired}
                unit="events"
                href={eventsAddress(only, { repaired: 'true', occurrence: 'all' })}
              />
            </Cell>
            <Cell figure>
              <LinkedCount value={repeated} unit="events" href={eventsAddress(only, { occurrence: 'repeated' })} />
            </Cell>
          </tr>
        );
      })}
    </DataTable>
  );
}

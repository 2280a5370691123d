import { formatBytes, formatDuration, formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { repairReason } from '@/components/quality/words';
import { Cell, DataTable, Head, Within } from '@/components/ui/data-table';
import { Count, Time } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import type { Import } from '@/lib/queries/shapes.ts';
import { ChooseAllImports, ChooseImport, ChosenImports } from './chosen-imports';
import { DeleteImport } from './delete-import';
import { UnfoldedLogs } from './unfolded-logs';

/** Shows the imports, one on each line. There are `total` of them, not all in this list. */
export function ImportTable({ imports, total }: { readonly imports: readonly Import[]; readonly total: number }) {
  return (
    <ChosenImports all={imports.map(({ id, name, events }) => ({ id, name, events: events.accepted }))} total={total}>
      <DataTable
        caption="Imports"
        head={
          <tr>
            <Head>
              <ChooseAllImports />
            </Head>
            <Head>Name</Head>
            <Head>Imported</Head>
            <Head figure>Size</Head>
            <Head>Formats</Head>
            <Head figure>Lines</Head>
            <Head figure title="Events added by this import">
              Stored
            </Head>
            <Head figure title="Events already stored, or repeated in this log">
              Duplicates
            </Head>
            <Head figure title="Events of an unknown type, stored unchanged">
              Unknown
            </Head>
            <Head figure title={`Events with a dropped field ${repairReason}`}>
              Repaired
            </Head>
            <Head figure title="Lines that could not be read">
              Rejected
            </Head>
            <Head figure>Duration</Head>
            <Head>Actions</Head>
          </tr>
        }
      >
        {imports.map(({ id, name, state, logs, bytes: size, formats, lines, events, startedAt, finishedAt }) => (
          <tr key={id}>
            <Cell>
              <ChooseImport id={id} name={name} />
            </Cell>
            <Cell>
              <Within rem={20}>
                <TextLink href={`/imports/${id}`}>{name}</TextLink>
              </Within>
              {state === 'incomplete' ? (
                <small title="The import was cut off or is still running. Drop the same files again to resume.">
                  {' '}
                  incomplete
                </small>
              ) : null}
              {logs.total > 1 ? <UnfoldedLogs id={id} name={name} total={logs.total} /> : null}
            </Cell>
            <Cell>
              <Time iso={finishedAt} as="relative" />
            </Cell>
            <Cell figure>
              <span title={`${formatInteger(size)} bytes`}>{formatBytes(size)}</span>
            </Cell>
            <Cell>
              <Formats formats={formats} />
            </Cell>
            <Cell figure>
              <Count value={lines.total} unit="lines, including blank lines" />
            </Cell>
            <Cell figure>
              <Count value={events.accepted} unit="events" />
            </Cell>
            <Cell figure>
              <Count value={events.duplicate} unit="events" />
            </Cell>
            <Cell figure>
              <Count value={events.unknown} unit="events" />
            </Cell>
            <Cell figure>
              <Count value={events.repaired} unit="events" />
            </Cell>
            <Cell figure>
              {lines.rejected === 0 ? (
                <Count value={0} unit="lines" />
              ) : (
                <TextLink href={`/imports/${id}#rejects`}>
                  <Count value={lines.rejected} unit="lines" />
                </TextLink>
              )}
            </Cell>
            <Cell figure>{formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}</Cell>
            <Cell>
              <TextLink href={address('/', { importId: id })}>Filter</TextLink>{' '}
              <DeleteImport id={id} name={name} events={events.accepted} />
            </Cell>
          </tr>
        ))}
      </DataTable>
    </ChosenImports>
  );
}

/** Shows the number of lines by their format. */
export function Formats({ formats }: { readonly formats: Import['formats'] }) {
  return (
    <>
      {Object.entries(formats)
        .map(([format, lines]) => `${format} ${formatInteger(lines)}`)
        .join(', ') || 'none'}
    </>
  );
}

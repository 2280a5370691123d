import { formatBytes, formatInteger } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import type { ImportLog } from '@/lib/queries/shapes.ts';
import classes from './imports.module.css';

const reasons: Readonly<Record<string, string>> = {
  directory: 'a folder',
  link: 'a link',
  special: 'a device or the like',
  empty: 'empty',
  resource_file: 'what macOS adds to archives',
  encrypted: 'locked with a password',
  unsupported: 'compressed in a way that Dendro does not know',
  archive_in_archive: 'an archive itself',
  packed_too_deep: 'compressed too often',
  path_too_long: 'its path is too long',
  prompts_history: 'the history of prompts',
  exec_stream: 'the output of codex exec --json',
  first_cli_session: 'a session of the first Codex CLI',
  sqlite_database: 'an SQLite database',
  names_alone: 'names of threads none of which is in',
  no_events: 'no line of it is a Codex event',
  damaged: 'damaged before its first event',
};

/** What became of a log. */
function State({ log: { state, passedOver, detail, otherImportId } }: { readonly log: ImportLog }) {
  const other =
    otherImportId === null ? null : <TextLink href={`/imports/${otherImportId}`}>import {otherImportId}</TextLink>;
  if (state === 'already_in') return <>already in, by {other}</>;
  if (state === 'replaced') return <>replaced by a later version, in {other}</>;
  if (state === 'passed_over')
    return (
      <>
        passed over: {reasons[passedOver ?? ''] ?? passedOver}
        {detail === null ? null : <small className={classes.detail}>{detail}</small>}
      </>
    );
  return <>read</>;
}

/** The logs of a drop or an archive, with what became of each. */
export function LogTable({ logs }: { readonly logs: readonly ImportLog[] }) {
  return (
    <DataTable
      caption="Logs of the import"
      head={
        <tr>
          <Head>Path</Head>
          <Head>State</Head>
          <Head figure>Size</Head>
          <Head figure>Lines</Head>
          <Head figure title="Repeated ones included">
            Events
          </Head>
          <Head figure>Rejected</Head>
        </tr>
      }
    >
      {logs.map((log, index) => (
        <tr key={index}>
          <Cell>
            <code className={classes.excerpt}>{log.path ?? 'the file itself'}</code>
          </Cell>
          <Cell>
            <State log={log} />
          </Cell>
          <Cell figure>
            {log.bytes === 0 ? '—' : <span title={`${formatInteger(log.bytes)} bytes`}>{formatBytes(log.bytes)}</span>}
          </Cell>
          {log.state === 'read' ? (
            <>
              <Cell figure>
                <Count value={log.lines.total} unit="lines" />
              </Cell>
              <Cell figure>
                <Count value={log.events} unit="events" />
              </Cell>
              <Cell figure>
                <Count value={log.lines.rejected} unit="lines" />
              </Cell>
            </>
          ) : (
            <>
              <Cell figure>—</Cell>
              <Cell figure>—</Cell>
              <Cell figure>—</Cell>
            </>
          )}
        </tr>
      ))}
    </DataTable>
  );
}

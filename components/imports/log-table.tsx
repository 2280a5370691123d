import { formatBytes, formatInteger } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import type { ImportLog } from '@/lib/queries/shapes.ts';
import classes from './imports.module.css';

const reasons: Readonly<Record<string, string>> = {
  directory: 'folder',
  link: 'link',
  special: 'special file',
  empty: 'empty',
  resource_file: 'macOS metadata',
  encrypted: 'password-protected',
  unsupported: 'unsupported compression',
  archive_in_archive: 'nested archive',
  packed_too_deep: 'compressed too many times',
  path_too_long: 'path too long',
  prompts_history: 'prompt history',
  exec_stream: 'output of codex exec --json',
  first_cli_session: 'session of the first Codex CLI',
  sqlite_database: 'SQLite database',
  names_alone: 'names of threads that are not imported',
  no_events: 'no Codex events',
  damaged: 'damaged before the first event',
};

/** Shows the state of a log. */
function State({ log: { state, passedOver, detail, otherImportId } }: { readonly log: ImportLog }) {
  const other =
    otherImportId === null ? null : <TextLink href={`/imports/${otherImportId}`}>import {otherImportId}</TextLink>;
  if (state === 'already_in') return <>already imported by {other}</>;
  if (state === 'replaced') return <>replaced by a newer version in {other}</>;
  if (state === 'passed_over')
    return (
      <>
        skipped: {reasons[passedOver ?? ''] ?? passedOver}
        {detail === null ? null : <small className={classes.detail}>{detail}</small>}
      </>
    );
  return <>read</>;
}

/** Shows the logs of a drop or an archive, each with its state. */
export function LogTable({ logs }: { readonly logs: readonly ImportLog[] }) {
  return (
    <DataTable
      caption="Logs in this import"
      head={
        <tr>
          <Head>Path</Head>
          <Head>State</Head>
          <Head figure>Size</Head>
          <Head figure>Lines</Head>
          <Head figure title="Including duplicates">
            Events
          </Head>
          <Head figure>Rejected</Head>
        </tr>
      }
    >
      {logs.map((log, index) => (
        <tr key={index}>
          <Cell>
            <code className={classes.excerpt}>{log.path ?? 'this file'}</code>
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

import { bytes, whole } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count } from '@/components/ui/quantity';
import type { ImportPart } from '@/lib/queries/shapes.ts';
import classes from './imports.module.css';

const reasons: Readonly<Record<string, string>> = {
  directory: 'a folder', link: 'a link', special: 'a device or the like', empty: 'empty', resource_file: 'what macOS adds to archives', encrypted: 'locked with a password',
  unsupported: 'compressed in a way that Dendro does not know', archive_in_archive: 'an archive itself', packed_too_deep: 'compressed too often', path_too_long: 'its path is too long',
  prompts_history: 'the history of prompts', exec_stream: 'the output of codex exec --json', first_cli_session: 'a session of the first Codex CLI',
  sqlite_database: 'an SQLite database',
};

/** The entries of an archive: what was read, and what was passed over for which reason. */
export function PartTable({ parts }: { readonly parts: readonly ImportPart[] }) {
  return (
    <DataTable caption="Entries of the archive" head={<tr><Head>Path</Head><Head figure>Size</Head><Head figure>Lines</Head><Head figure>Rejected</Head><Head>Passed over</Head></tr>}>
      {parts.map(({ path, passedOver, bytes: size, lines }, index) => (
        <tr key={index}>
          <Cell><code className={classes.excerpt}>{path ?? 'the archive itself'}</code></Cell>
          <Cell figure>{passedOver === null ? <span title={`${whole(size)} bytes`}>{bytes(size)}</span> : '—'}</Cell>
          <Cell figure>{passedOver === null ? <Count value={lines.total} unit="lines" /> : '—'}</Cell>
          <Cell figure>{passedOver === null ? <Count value={lines.rejected} unit="lines" /> : '—'}</Cell>
          <Cell>{passedOver === null ? 'no' : reasons[passedOver] ?? passedOver}</Cell>
        </tr>
      ))}
    </DataTable>
  );
}

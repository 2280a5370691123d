import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count } from '@/components/ui/quantity';
import type { Reject } from '@/lib/queries/shapes.ts';
import classes from './imports.module.css';

/** Shows the lines that could not be read, each with the reason and its beginning. */
export function RejectTable({ rejects }: { readonly rejects: readonly Reject[] }) {
  return (
    <DataTable
      caption="Rejected lines"
      head={
        <tr>
          <Head figure>Line</Head>
          <Head>Code</Head>
          <Head>Reason</Head>
          <Head>Start of line</Head>
        </tr>
      }
    >
      {rejects.map(({ path, line, code, message, excerpt }, index) => (
        <tr key={`${line} ${index}`}>
          <Cell figure>
            <Count value={line} unit="is the line’s number" />
          </Cell>
          <Cell>
            <code>{code}</code>
          </Cell>
          <Cell>
            <span className={classes.reason}>
              {path === null ? null : <code className={classes.excerpt}>{path}</code>} {message}
            </span>
          </Cell>
          <Cell>
            <code className={classes.excerpt}>{excerpt}</code>
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

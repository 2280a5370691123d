import { formatInteger } from '@/components/formats';
import type { Reject } from '@/lib/queries/shapes.ts';
import classes from './import.module.css';

/** Shows the lines that could not be read, each with the reason and its beginning. */
export function RejectList({ rejects }: { readonly rejects: readonly Reject[] }) {
  return (
    <ul className={classes.rejectList}>
      {rejects.map(({ path, line, code, message, excerpt }, index) => (
        <li key={`${line} ${index}`}>
          <span className={classes.rejectLine}>
            {path === null ? 'Line' : `${path}, line`} {formatInteger(line)}
          </span>{' '}
          <code>{code}</code>
          <p>{message}</p>
          {excerpt === '' ? null : (
            <pre className={classes.excerpt} tabIndex={0} aria-label={`Start of line ${line}`}>
              {excerpt}
            </pre>
          )}
        </li>
      ))}
    </ul>
  );
}

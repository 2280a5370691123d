import { formatInteger } from '@/components/formats';
import type { Reject } from '@/lib/queries/shapes.ts';
import classes from './import.module.css';

/** Lines that could not be read, each with the reason and how it begins. */
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
            <pre className={classes.excerpt} tabIndex={0} aria-label={`Beginning of line ${line}`}>
              {excerpt}
            </pre>
          )}
        </li>
      ))}
    </ul>
  );
}

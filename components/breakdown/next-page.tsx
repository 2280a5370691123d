import { address, type CursorName } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import classes from './breakdown.module.css';

interface NextPageProps {
  readonly path: string;
  readonly parameters: readonly UrlParameters[];
  readonly nextCursor: string | null;
  readonly cursor: string | undefined;
  readonly name?: CursorName;
  readonly anchor?: string;
  readonly what: string;
}

/** Links to the next page of a list, and back to its beginning. */
export function NextPage({ path, parameters, nextCursor, cursor, name = 'cursor', anchor = '', what }: NextPageProps) {
  if (nextCursor === null && cursor === undefined) return null;
  return (
    <p className={classes.next}>
      {cursor === undefined ? null : (
        <TextLink href={`${address(path, ...parameters, { [name]: undefined })}${anchor}`}>First {what}</TextLink>
      )}
      {cursor !== undefined && nextCursor !== null ? ' · ' : null}
      {nextCursor === null ? null : (
        <TextLink href={`${address(path, ...parameters, { [name]: nextCursor })}${anchor}`}>More {what}</TextLink>
      )}
    </p>
  );
}

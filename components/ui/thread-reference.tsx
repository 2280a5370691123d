import { shortId } from '@/components/formats';
import { threadAddress } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadName } from '@/lib/queries/thread-names.ts';
import { Spoken } from './spoken';
import { markAddress } from './status';
import { TextLink } from './text-link';
import classes from './identifier.module.css';

/** Shows a thread that a record names: its title, or its id in short, with the drawing of its kind. */
export function ThreadReference({
  threadId,
  name,
  kept,
}: {
  readonly threadId: string;
  readonly name: ThreadName | undefined;
  readonly kept: UrlParameters;
}) {
  const title = name?.title ?? null;
  return (
    <span className={classes.reference}>
      {name === undefined ? null : (
        <svg aria-hidden="true">
          <use href={markAddress(name.kind)} />
        </svg>
      )}
      <TextLink
        className={title === null ? classes.id : classes.title}
        href={threadAddress(threadId, kept)}
        title={title === null ? threadId : `${title} (${threadId})`}
      >
        {title ?? shortId(threadId)}
      </TextLink>
      {name === undefined ? null : <Spoken>, {name.kind} thread</Spoken>}
    </span>
  );
}

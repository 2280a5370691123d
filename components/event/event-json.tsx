import type { ReactNode } from 'react';
import { formatBytes } from '@/components/formats';
import { CopyButton } from '@/components/ui/copy-button';
import { firstPieces, partsAround } from './json-text';
import classes from './event.module.css';

/** Of so many characters and pieces the page shows the beginning; the file has all of it. */
const most = { characters: 40_000, pieces: 3000 };

/**
 * An event's JSON as it was in the log, indented; of a long one the beginning. It is text, whatever it holds. What is
 * searched, in lower case, is marked where a key or a value holds it.
 */
export function EventJson({
  text,
  id,
  search = '',
}: {
  readonly text: string;
  readonly id: string;
  readonly search?: string;
}) {
  const { pieces, isAll } = firstPieces(text, most);
  return (
    <div className={classes.json}>
      <p className={classes.tools}>
        <span>
          {isAll ? 'As it stands in the log, indented.' : `Only the beginning of ${formatBytes(text.length)} is shown.`}
        </span>
        {isAll ? (
          <span>
            Copy <CopyButton text={text} what="the event’s JSON, byte for byte" />
          </span>
        ) : (
          <a href={`/api/events/${encodeURIComponent(id)}/text`} download>
            Download all of it
          </a>
        )}
        <a href={`/api/events/${encodeURIComponent(id)}`}>From the API</a>
      </p>
      <pre className={classes.pre} tabIndex={0} aria-label="JSON">
        {pieces.map((piece, index) => (
          <span key={index} data-kind={piece.kind}>
            {search === '' ? piece.text : marked(piece.text, search)}
          </span>
        ))}
      </pre>
    </div>
  );
}

function marked(text: string, search: string): ReactNode {
  const parts = partsAround(text, search);
  return parts.length === 1
    ? text
    : parts.map((part, index) => (index % 2 === 0 ? part : <mark key={index}>{part}</mark>));
}

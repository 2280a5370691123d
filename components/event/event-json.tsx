import type { ReactNode } from 'react';
import { formatBytes } from '@/components/formats';
import { CopyButton } from '@/components/ui/copy-button';
import { firstPieces, partsAround } from './json-text';
import classes from './event.module.css';

/** The page shows the beginning, up to this many characters and pieces; the file has all of it. */
const most = { characters: 40_000, pieces: 3000 };

/**
 * Shows an event's JSON as it was in the log, indented; of a long one the beginning. It is always shown as text. Keys
 * and values that hold the search text (in lower case) are marked.
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
        <span>{isAll ? 'As logged, indented.' : `Showing only the beginning of ${formatBytes(text.length)}.`}</span>
        {isAll ? (
          <span>
            Copy <CopyButton text={text} what="the event’s JSON, byte for byte" />
          </span>
        ) : (
          <a href={`/api/events/${encodeURIComponent(id)}/text`} download>
            Download all
          </a>
        )}
        <a href={`/api/events/${encodeURIComponent(id)}`}>View in API</a>
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

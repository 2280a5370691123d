import type { ReactNode } from 'react';
import { bytes } from '@/components/formats';
import { CopyButton } from '@/components/ui/copy-button';
import { jsonPieces, partsAround } from './json-text';
import classes from './event.module.css';

/** Beyond this many characters the text is cut on the page; the API and the copy have all of it. */
const mostShown = 200_000;

/** An event's JSON as it was in the log, indented. It is text, whatever it holds. What is searched, in lower case, is marked where a key or a value holds it. */
export function EventJson({ text, id, search = '' }: { readonly text: string; readonly id: string; readonly search?: string }) {
  const shown = text.slice(0, mostShown);
  return (
    <div className={classes.json}>
      <p className={classes.tools}>
        <span>{text.length > mostShown ? `The first ${bytes(mostShown)} of ${bytes(text.length)} are shown, as they stand in the log.` : 'As it stands in the log, indented.'}</span>
        {text.length > mostShown ? null : <span>Copy <CopyButton text={text} what="the event’s JSON, byte for byte" /></span>}
        <a href={`/api/events/${encodeURIComponent(id)}`}>From the API</a>
      </p>
      <pre className={classes.pre} tabIndex={0} aria-label="JSON">
        {text.length > mostShown ? shown : [...jsonPieces(text)].map((piece, index) => <span key={index} data-kind={piece.kind}>{search === '' ? piece.text : marked(piece.text, search)}</span>)}
      </pre>
    </div>
  );
}

function marked(text: string, search: string): ReactNode {
  const parts = partsAround(text, search);
  return parts.length === 1 ? text : parts.map((part, index) => (index % 2 === 0 ? part : <mark key={index}>{part}</mark>));
}

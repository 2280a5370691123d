'use client';

import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { formatInteger } from '@/components/formats';
import classes from './tree-bar.module.css';

export interface TreeSearchProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** The number of matches, and how many of them can be shown; null without a search, or before it is known. */
  readonly found: { readonly total: number; readonly shown: number } | null;
  /** The place of the shown match, from 0. */
  readonly place: number;
  readonly failure: string | null;
  readonly onShow: (place: number, focus: boolean) => void;
  /** Goes to the rows, at the shown match. */
  readonly onLeave: () => void;
  readonly onKeys: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Shows the search of the tree: matches are marked in the tree, and this leads from one to the next. */
export function TreeSearch({ text, onText, found, place, failure, onShow, onLeave, onKeys }: TreeSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const keys = useRef(onKeys);
  useEffect(() => {
    keys.current = onKeys;
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        isTyping(event.target) ||
        document.querySelector('[role="dialog"]') !== null
      )
        return;
      if (event.key === '/') field.current?.select();
      else if (event.key === '?') keys.current();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onShow(event.shiftKey ? place - 1 : place + 1, false);
    else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Escape' && text === '') onLeave();
    else if (event.key === 'Escape') onText('');
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.search} role="search" aria-label="Threads">
      <input
        ref={field}
        type="search"
        className={classes.field}
        maxLength={200}
        placeholder="Find by id, title, model, agent, path or error"
        aria-label="Find threads by id, title, model, agent, path or error"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span
        className={classes.count}
        role="status"
        title={
          found !== null && found.shown < found.total
            ? `You can step through the first ${formatInteger(found.shown)}.`
            : undefined
        }
      >
        {failure ??
          (found === null
            ? text.trim() === ''
              ? ''
              : 'Searching…'
            : found.total === 0
              ? 'No matches'
              : `${formatInteger(place + 1)} of ${formatInteger(found.total)}`)}
      </span>
      <button
        type="button"
        className={classes.step}
        disabled={!found?.total}
        onClick={() => onShow(place - 1, false)}
        title="Previous match (Shift+Enter)"
        aria-label="Previous"
      >
        <IconChevronUp size={15} stroke={1.75} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={classes.step}
        disabled={!found?.total}
        onClick={() => onShow(place + 1, false)}
        title="Next match (Enter)"
        aria-label="Next"
      >
        <IconChevronDown size={15} stroke={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

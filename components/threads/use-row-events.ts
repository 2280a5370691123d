'use client';

import { useRouter } from 'next/navigation';
import type { FocusEvent, KeyboardEvent, MouseEvent, SyntheticEvent } from 'react';
import { threadAddress } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import { nodesAt } from './nodes-at';
import type { Row } from './rows';
import type { Lines } from './tree';
import { treeMove } from './tree-keys';

interface RowEvents {
  readonly lines: Lines;
  readonly rowAt: (node: number) => Row | null | undefined;
  readonly kept: UrlParameters;
  /** Returns the number of rows in view. */
  readonly page: () => number;
  /** Focuses a row. */
  readonly onGo: (index: number) => void;
  /** Reports that the row of this node got the focus. */
  readonly onFocused: (node: number) => void;
  readonly onTurn: (nodes: readonly number[], unfolded: boolean) => void;
  readonly onUnfoldTo: (depth: number) => void;
  readonly onNext: (step: 1 | -1) => void;
}

/** Returns the index of the row of an event. */
const indexOf = (event: SyntheticEvent): number =>
  Number(
    event.target instanceof Element ? (event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1) : -1,
  );

/** Returns the handlers for keys, clicks and the focus in the rows. All rows share one listener for each. */
export function useRowEvents({ lines, rowAt, kept, page, onGo, onFocused, onTurn, onUnfoldTo, onNext }: RowEvents) {
  const router = useRouter();
  const open = (index: number): void => {
    const line = lines.at(index);
    const row = line === null ? undefined : rowAt(line.node);
    if (row?.kind === 'thread') router.push(threadAddress(row.thread.threadId, kept));
    else if (line?.expandable) onTurn([line.node], !line.unfolded);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys inside of a row's own links are left to them.
    if (
      !(event.target instanceof HTMLElement) ||
      event.target.dataset.index === undefined ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    const move = treeMove(event.key, lines, indexOf(event), {
      go: onGo,
      turn: (indices, unfolded) => onTurn(nodesAt(lines, indices), unfolded),
      unfoldTo: onUnfoldTo,
      open,
      next: onNext,
      page: page(),
    });
    if (move === null) return;
    event.preventDefault();
    move();
  };
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.defaultPrevented) return;
    const line = lines.at(indexOf(event));
    if (line !== null && event.target.closest('[data-fold]') !== null) onTurn([line.node], !line.unfolded);
    const href = event.target.closest('a')?.getAttribute('href');
    if (typeof href !== 'string' || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href);
  };
  const onFocus = (event: FocusEvent): void => {
    const line = lines.at(indexOf(event));
    if (line !== null) onFocused(line.node);
  };
  return { onKeyDown, onClick, onFocus };
}

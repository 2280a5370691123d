'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState, type ReactNode } from 'react';
import { counted } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { Spoken } from '@/components/ui/spoken';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { treeLines, type TreeLine } from './branches';
import { columnCount, ThreadCells } from './thread-cells';
import { moveInTree } from './tree-keys';
import { useBranches } from './use-branches';
import table from '@/components/ui/data-table.module.css';
import classes from './threads.module.css';

interface ThreadTreeProps { readonly roots: readonly ThreadRow[]; readonly kept: UrlParameters; readonly head: ReactNode }

/** Roots whose subagents unfold in place, as an ARIA tree grid. */
export function ThreadTree({ roots, kept, head }: ThreadTreeProps) {
  const router = useRouter();
  const body = useRef<HTMLTableSectionElement>(null);
  const { branches, fold, unfold, more } = useBranches(roots, kept);
  const [focused, setFocused] = useState(roots[0]?.threadId);
  const lines = treeLines(roots, branches);
  // A row that was folded away gives its place in the order of tabbing back to the first.
  const current = lines.some(({ key }) => key === focused) ? focused : lines[0]?.key;
  const focus = (index: number): void => {
    setFocused(lines[index]?.key);
    const row = body.current?.rows[index];
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  };
  const enter = (line: TreeLine): void => {
    if (line.kind === 'thread') router.push(threadAddress(line.thread.threadId, kept));
    else if (line.kind === 'more') more(line.parent.threadId);
    else if (line.kind === 'failed') unfold(line.parent.threadId);
  };
  return (
    <div className={table.region} role="group" aria-label="Threads" tabIndex={0}>
      <table className={`${table.table} ${classes.tree}`} role="treegrid" aria-label="Threads, with their subagents" aria-readonly="true">
        <thead>{head}</thead>
        <tbody ref={body}>
          {lines.map((line, index) => (
            <tr
              key={line.key} aria-level={line.level} tabIndex={line.key === current ? 0 : -1} onFocus={() => setFocused(line.key)}
              {...(line.kind === 'thread' ? { 'data-matches': line.thread.matches, title: line.thread.matches ? undefined : 'It does not match the filter; something below it does.' } : {})}
              {...(line.kind === 'thread' && line.thread.childCount > 0 ? { 'aria-expanded': line.open } : {})}
              onKeyDown={(event) => moveInTree(event, lines, index, { focus, fold, unfold, enter })}
            >
              {line.kind === 'thread'
                ? <ThreadCells line={line} kept={kept} inner={line.key === current ? 0 : -1} onToggle={() => (line.open ? fold : unfold)(line.thread.threadId)} />
                : <Placeholder line={line} onMore={() => enter(line)} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Placeholder({ line, onMore }: { readonly line: Exclude<TreeLine, { kind: 'thread' }>; readonly onMore: () => void }) {
  return (
    <td colSpan={columnCount}>
      <span className={classes.first} style={{ '--level': line.level }}>
        <span className={classes.leaf} />
        {line.kind === 'loading' ? <span className={classes.quiet} role="status">Reading…</span> : null}
        {line.kind === 'more' ? <button type="button" className={classes.more} tabIndex={-1} onClick={onMore}>Show more<Spoken> children</Spoken></button> : null}
        {line.kind === 'more' ? <span className={classes.quiet}>{counted(line.shown, 'child', 'children')} of {line.parent.childCount} shown</span> : null}
        {line.kind === 'failed' ? <><span role="alert">{line.message}</span> <button type="button" className={classes.more} tabIndex={-1} onClick={onMore}>Try again</button></> : null}
      </span>
    </td>
  );
}

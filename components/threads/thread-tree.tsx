'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { parametersOf } from '@/components/filter/use-filter';
import { address } from '@/components/links';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Arrangement } from '@/lib/queries/outline/outline.ts';
import type { OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { ColumnId } from './columns';
import { linesOf } from './lines';
import { recall, remember } from './memory';
import { outcomeNames } from './outcome-names';
import { foldingMoved, reveal, turn, unfoldTo, type KeptFolding, type TreeStart } from './tree';
import { TreeBar } from './tree-bar';
import { TreeGrid, type Goal } from './tree-grid';
import { useColumns } from './use-columns';
import { useFound } from './use-found';
import { useOutline } from './use-outline';

interface ThreadTreeProps {
  readonly start: TreeStart;
  readonly rows: OutlineRows;
  readonly arrangement: Arrangement;
  /** What is searched for when the page opens. */
  readonly search: string;
  readonly columns: readonly ColumnId[];
  readonly kept: UrlParameters;
}

/** The forest as a table whose rows unfold. All of its outline is in the browser, and of its rows those on screen. */
export function ThreadTree({ start, rows, arrangement: { sort, layout, guardians, trees = [] }, search, columns: chosen, kept }: ThreadTreeProps) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const here = (change: UrlParameters): string => address(path, parametersOf(query), change);
  const [columns, setColumns] = useColumns(chosen);
  const [text, setText] = useState(search);
  const arranged = { sort, layout, guardians, trees };
  const outlineAddress = address('/api/outline', kept, arranged);
  const turnedIds = useRef<() => ReadonlyMap<number, string>>(() => new Map());
  const { tree, moved, failure, again } = useOutline(outlineAddress, start.edition, turnedIds);
  const found = useFound({ tree, kept, trees, text: text.trim() });

  const [left] = useState(() => recall(outlineAddress, start.edition));
  const [folding, setFolding] = useState<KeptFolding>(left.folding);
  // What is found unfolds its ancestors; `before` is how it was without that.
  const [before, setBefore] = useState<KeptFolding | null>(null);
  const [seen, setSeen] = useState<readonly number[] | null>(null);
  const edition = tree?.edition ?? start.edition;
  const [foldedIn, setFoldedIn] = useState(edition);
  const [goal, setGoal] = useState<Goal | null>(null);
  const [place, setPlace] = useState(0);
  if (foldedIn !== edition) {
    // Positions are other threads now.
    setFoldedIn(edition);
    const base = before ?? folding;
    setFolding(tree === null ? { ...base, turned: new Set() } : foldingMoved(tree, base, moved));
    setBefore(null);
    setSeen(null);
  } else if (tree !== null && seen !== found.nodes && (found.nodes !== null || (text.trim() === '' && trees.length === 0))) {
    setSeen(found.nodes);
    setPlace(0);
    const base = before ?? folding;
    const shown = seen?.[place];
    if (found.nodes === null) setFolding(shown === undefined ? base : reveal(tree, base, [shown]));
    else setFolding(reveal(tree, base, found.nodes));
    setBefore(found.nodes === null ? null : base);
    const first = found.nodes?.[0];
    if (first !== undefined) setGoal({ position: tree.positions[first] ?? 0, focus: false });
  }
  const positions = useMemo(() => new Set(tree === null ? [] : found.nodes?.map((node) => tree.positions[node] ?? 0)), [tree, found.nodes]);
  const lines = useMemo(() => linesOf(tree, folding, start), [tree, folding, start]);

  const show = (index: number, focus: boolean): void => {
    if (tree === null || found.nodes === null || found.nodes.length === 0) return;
    const next = (index + found.nodes.length) % found.nodes.length;
    const node = found.nodes[next] ?? 0;
    setPlace(next);
    setFolding(reveal(tree, folding, [node]));
    setGoal({ position: tree.positions[node] ?? 0, focus });
  };
  const onTurn = (turned: readonly number[], unfolded: boolean): void => {
    if (tree === null) setFolding({ ...folding, turned: new Set([...folding.turned, ...turned]) });
    else setFolding(turn(tree, folding, turned.map((position) => tree.nodes.get(position)).filter((node) => node !== undefined), unfolded));
  };
  const onUnfoldTo = (depth: number): void => { if (tree !== null) setFolding(unfoldTo(tree, depth)); };

  useEffect(() => {
    const timer = setTimeout(() => {
      if ((query.get('search') ?? '') !== text) window.history.replaceState(null, '', address(path, parametersOf(query), { search: text === '' ? undefined : text }));
    }, 300);
    return () => clearTimeout(timer);
  }, [text, query, path]);

  const currentNode = found.nodes?.[place];
  return (
    <>
      <TreeBar
        start={start} arranged={arranged} here={here} columns={columns} onColumns={setColumns} deepest={tree?.deepest ?? null} unfoldedTo={folding.turned.size === 0 || folding.unfoldedTo > 0 ? folding.unfoldedTo : null} onUnfoldTo={onUnfoldTo}
        text={text} onText={setText} found={found.nodes?.length ?? null} place={place} failure={found.failure} onShow={show} onTrees={(next) => router.push(here({ trees: next.length === 0 ? undefined : next }), { scroll: false })}
        onLeave={() => { const node = currentNode ?? 0; if (tree !== null) setGoal({ position: tree.positions[node] ?? 0, focus: true }); }}
      />
      {failure === null ? null : <Notice kind="error" title="The tree could not be read."><p>{failure}</p><p><Button onClick={again}>Try again</Button></p></Notice>}
      {lines.count > 0 ? null : <Notice kind="empty" title={trees.length === 0 ? 'No threads match this filter.' : `No tree here has ${trees.map((outcome) => outcomeNames[outcome]).join(', or ')}.`} />}
      <TreeGrid
        view={outlineAddress} lines={lines} edition={edition} start={rows} columns={columns} kept={kept} sort={sort} sortAddress={(next) => here({ sort: next })} flat={layout === 'flat'} goal={goal}
        found={positions} current={tree === null || currentNode === undefined ? null : tree.positions[currentNode] ?? null} text={text.trim()} left={left}
        onLeave={(at) => remember(outlineAddress, edition, { ...at, folding })}
        turned={(before ?? folding).turned} turnedIds={turnedIds} onTurn={onTurn} onUnfoldTo={onUnfoldTo} onNext={(step) => show(place + step, true)} onChanged={again}
      />
    </>
  );
}

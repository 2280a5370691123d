'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { parametersOf } from '@/components/filter/use-filter';
import { address } from '@/components/links';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlinePage, OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { Arrangement } from '@/lib/queries/outline/trees.ts';
import type { ColumnId } from './columns';
import { recall, remember } from './memory';
import { outcomeNames } from './outcome-names';
import { linesOf, reveal, turn, unfoldTo, type Goal, type KeptFolding, type Missing, type Tree } from './tree';
import { TreeBar } from './tree-bar';
import { TreeGrid } from './tree-grid';
import { useColumns } from './use-columns';
import { useFound } from './use-found';
import { useHydrated } from './use-root-font-size';
import { usePages, type InView } from './use-pages';

interface ThreadTreeProps {
  readonly start: OutlinePage;
  readonly rows: OutlineRows;
  readonly arrangement: Arrangement;
  /** What is searched for when the page opens. */
  readonly search: string;
  readonly columns: readonly ColumnId[];
  readonly kept: UrlParameters;
}

/** What was found by which call, and the tree in which it was last looked for. */
interface Seen {
  readonly asked: string;
  readonly tree: Tree;
  readonly threads: readonly number[];
}

/**
 * The forest as a table whose rows unfold. Of its outline the pages around what is on screen are in the browser, and of
 * its rows those on screen.
 */
export function ThreadTree({
  start,
  rows,
  arrangement: { sort, layout, guardians, trees = [] },
  search,
  columns: chosen,
  kept,
}: ThreadTreeProps) {
  const router = useRouter();
  const path = usePathname();
  const parameters = useSearchParams();
  const here = (change: UrlParameters): string => address(path, parametersOf(parameters), change);
  const [columns, setColumns] = useColumns(chosen);
  const [text, setText] = useState(search);
  const arranged = { sort, layout, guardians, trees };
  const query = { ...kept, ...arranged };
  const view = address('/api/outline', query);

  const [left] = useState(() => recall(view));
  const [folding, setFolding] = useState<KeptFolding>(left.folding);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [goal, setGoal] = useState<Goal | null>(null);
  const inView = useRef<() => InView>(() => ({ top: true, nodes: [] }));
  const { tree, failure, again } = usePages({ start, view, query, left: left.pages, missing, wanted: goal, inView });
  const lines = useMemo(() => linesOf(tree, folding), [tree, folding]);
  const hydrated = useHydrated();

  const { asked, found, failure: notFound } = useFound({ start, query, text: text.trim() });
  // What is found unfolds its ancestors as they are read; `before` is how it was without that.
  const [before, setBefore] = useState<KeptFolding | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [place, setPlace] = useState(0);
  const current = seen?.threads[place] ?? null;
  if (asked === null && seen !== null) {
    setSeen(null);
    setFolding(reveal(tree, before ?? folding, current === null ? [] : [current]));
    setBefore(null);
  } else if (asked !== null && found !== null && (seen?.threads !== found.threads || seen.tree !== tree)) {
    const again = seen?.asked === asked;
    const isNew = (node: number): boolean => !again || !seen.tree.indices.has(node);
    const base = again ? folding : (before ?? folding);
    const [first = null] = found.threads;
    setSeen({ asked, tree, threads: found.threads });
    setFolding(
      reveal(
        tree,
        base,
        found.threads.filter((node) => tree.indices.has(node) && isNew(node)),
      ),
    );
    if (again) {
      if (seen.threads !== found.threads) setPlace(Math.max(0, current === null ? 0 : found.threads.indexOf(current)));
    } else {
      setBefore(base);
      setPlace(0);
      setGoal(first === null ? null : { node: first, focus: false });
    }
  }
  const marked = useMemo(() => new Set(seen?.threads), [seen?.threads]);

  const show = (index: number, focus: boolean): void => {
    const count = seen?.threads.length ?? 0;
    const next = (index + count) % count;
    const node = seen?.threads[next];
    if (node === undefined) return;
    setPlace(next);
    setFolding(reveal(tree, folding, [node]));
    setGoal({ node, focus });
  };

  useEffect(() => {
    const timer = setTimeout(() => {
      if ((parameters.get('search') ?? '') !== text)
        window.history.replaceState(
          null,
          '',
          address(path, parametersOf(parameters), { search: text === '' ? undefined : text }),
        );
    }, 300);
    return () => clearTimeout(timer);
  }, [text, parameters, path]);

  return (
    <>
      <TreeBar
        size={tree.pages}
        arranged={arranged}
        here={here}
        columns={columns}
        onColumns={setColumns}
        deepest={hydrated ? tree.pages.deepest : null}
        unfoldedTo={folding.turned.size === 0 || folding.unfoldedTo > 0 ? folding.unfoldedTo : null}
        onUnfoldTo={(depth) => setFolding(unfoldTo(depth))}
        text={text}
        onText={setText}
        found={seen === null || found === null ? null : { total: found.total, shown: found.threads.length }}
        place={place}
        failure={notFound}
        onShow={show}
        onTrees={(next) => router.push(here({ trees: next.length === 0 ? undefined : next }), { scroll: false })}
        onLeave={() => {
          const node = current ?? lines.at(0)?.node;
          if (node !== undefined) setGoal({ node, focus: true });
        }}
      />
      {failure === null ? null : (
        <Notice kind="error" title="The tree could not be read.">
          <p>{failure}</p>
          <p>
            <Button onClick={again}>Try again</Button>
          </p>
        </Notice>
      )}
      {lines.count > 0 ? null : (
        <Notice
          kind="empty"
          title={
            trees.length === 0
              ? 'No threads match this filter.'
              : `No tree here has ${trees.map((outcome) => outcomeNames[outcome]).join(', or ')}.`
          }
        />
      )}
      <TreeGrid
        view={view}
        lines={lines}
        start={rows}
        columns={columns}
        kept={kept}
        sort={sort}
        sortAddress={(next) => here({ sort: next })}
        flat={layout === 'flat'}
        goal={goal}
        found={marked}
        current={current}
        text={text.trim()}
        left={left}
        inView={inView}
        onLeave={(at) => remember(view, { ...at, folding, pages: tree.pages })}
        onMissing={setMissing}
        onTurn={(nodes, unfolded) => setFolding(turn(tree, folding, nodes, unfolded))}
        onUnfoldTo={(depth) => setFolding(unfoldTo(depth))}
        onNext={(step) => show(place + step, true)}
      />
    </>
  );
}

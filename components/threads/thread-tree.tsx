'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { parametersOf } from '@/components/filter/use-filter';
import { address } from '@/components/links';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlinePage, OutlineRows, TreeOutcome } from '@/lib/queries/outline/shapes.ts';
import type { Arrangement } from '@/lib/queries/outline/trees.ts';
import type { ColumnId } from './columns';
import { recall, remember } from './memory';
import { NotRead } from './not-read';
import { outcomeNames } from './outcome-names';
import { linesOf, turn, unfoldTo, type Goal, type KeptFolding, type Missing } from './tree';
import { TreeBar } from './tree-bar';
import { TreeGrid } from './tree-grid';
import { useColumns } from './use-columns';
import { usePages, type InView } from './use-pages';
import { useSearch } from './use-search';
import { useSearchAddress } from './use-search-address';

interface ThreadTreeProps {
  readonly start: OutlinePage;
  readonly rows: OutlineRows;
  readonly arrangement: Arrangement;
  /** The search text when the page opens. */
  readonly search: string;
  readonly columns: readonly ColumnId[];
  readonly kept: UrlParameters;
}

/**
 * Shows the forest as a table whose rows unfold. The browser holds the pages of the outline around the visible part,
 * and only the visible rows.
 */
export function ThreadTree({
  start,
  rows,
  arrangement: { sort, layout, guardians, trees = [] },
  search: firstText,
  columns: chosen,
  kept,
}: ThreadTreeProps) {
  const router = useRouter();
  const path = usePathname();
  const parameters = useSearchParams();
  const here = (change: UrlParameters): string => address(path, parametersOf(parameters), change);
  const [columns, setColumns] = useColumns(chosen);
  const [text, setText] = useState(firstText);
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

  const search = useSearch({
    start,
    query,
    text: text.trim(),
    tree,
    folding,
    onFolding: setFolding,
    onGoal: setGoal,
  });
  useSearchAddress(text);

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
        found={search.counts}
        place={search.place}
        failure={search.failure}
        onShow={search.show}
        onTrees={(next) => router.push(here({ trees: next.length === 0 ? undefined : next }), { scroll: false })}
        onLeave={() => {
          const node = search.current ?? lines.at(0)?.node;
          if (node !== undefined) setGoal({ node, focus: true });
        }}
      />
      <NotRead title="Could not load the tree." failure={failure} again={again} />
      {lines.count > 0 ? null : <NothingHere trees={trees} />}
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
        found={search.marked}
        current={search.current}
        text={text.trim()}
        left={left}
        inView={inView}
        onLeave={(at) => remember(view, { ...at, folding, pages: tree.pages })}
        onMissing={setMissing}
        onTurn={(nodes, unfolded) => setFolding(turn(tree, folding, nodes, unfolded))}
        onUnfoldTo={(depth) => setFolding(unfoldTo(depth))}
        onNext={(step) => search.show(search.place + step, true)}
      />
    </>
  );
}

/** Says why there is no tree; `trees` are the chosen outcomes of trees. */
function NothingHere({ trees }: { readonly trees: readonly TreeOutcome[] }) {
  return (
    <Notice
      kind="empty"
      title={
        trees.length === 0
          ? 'No threads match this filter.'
          : `No trees with ${trees.map((outcome) => outcomeNames[outcome]).join(' or ')}.`
      }
    />
  );
}

'use client';

import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { Spoken } from '@/components/ui/spoken';
import { ancestorsOf, shownNodes, unfoldedTo, withUnfolded, type Folding } from '@/components/outline/outline.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import { cursorAfter, ordinalOf, type CursorMove } from './cursor';
import { spoken } from './describe';
import { Details } from './details';
import { findItem, laneOf, turnOf } from './find-item';
import { gapsToFold, type Span } from './gaps';
import type { Item } from './items';
import { layoutOf, totalHeight } from './lane-layout';
import { Legend } from './legend';
import { Names } from './names';
import type { Clock } from './ruler';
import { RunTable } from './run-table';
import type { Scene } from './scene';
import { selectionOf, type Selection } from './selection';
import { Stage, type Pointed, type Rest, type StageContent } from './stage';
import { tablesOf } from './tables';
import { timeScale } from './time-scale';
import { Tip } from './tip';
import { Toolbar } from './toolbar';
import { useInner } from './use-inner';
import { select, useSelection } from './use-selection';
import classes from './timeline.module.css';

interface TimelineViewProps {
  readonly threadId: string;
  readonly scene: Scene;
  readonly kept: UrlParameters;
}
const deepest = Number.MAX_SAFE_INTEGER;
const nowhere: Span = { from: 0, to: 1 };

/** Lanes along time, with all that works on them. */
export function TimelineView({ threadId, scene, kept }: TimelineViewProps) {
  const selection = useSelection();
  const [folding, setFolding] = useState<Folding>(() => unfoldedTo(deepest));
  const [clock, setClock] = useState<Clock>('utc');
  const [withContext, setWithContext] = useState(true);
  const [gaps, setGaps] = useState<{ readonly folded: boolean; readonly except: ReadonlySet<number> }>({
    folded: true,
    except: new Set(),
  });
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [rest, setRest] = useState<Rest | null>(null);
  const [reached, setReached] = useState<Selection | null>(null);

  const { inner, span } = useInner(threadId, scene, rest);
  const tables = useMemo(() => tablesOf(scene.timeline, span ?? undefined), [scene, span]);
  const layout = useMemo(
    () => layoutOf(scene, shownNodes(scene.outline, folding), withContext),
    [scene, folding, withContext],
  );
  const idle = useMemo(() => gapsToFold(scene.busy), [scene]);
  const scale = useMemo(
    () => timeScale(scene.span ?? nowhere, gaps.folded ? idle.filter(({ from }) => !gaps.except.has(from)) : []),
    [scene, idle, gaps],
  );
  const selected = useMemo(() => findItem(scene, inner, tables, selection), [scene, inner, tables, selection]);
  // What was read of a span is read anew as one moves: where the keyboard is outlives that.
  const from = reached ?? selection;
  const cursor = useMemo(
    () => findItem(scene, inner, tables, from) ?? turnOf(scene, tables, from),
    [scene, inner, tables, from],
  );
  const selectedLane = selection === null ? -1 : laneOf(scene, selection.threadId);
  const telling = { clock, start: scene.span?.from ?? 0 };

  const scroller = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLCanvasElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const minimap = useRef<HTMLCanvasElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const content: StageContent = useMemo(
    () => ({
      scene,
      layout,
      scale,
      clock,
      inner,
      selected,
      selectedLane: selectedLane < 0 ? null : selectedLane,
      cursor,
    }),
    [scene, layout, scale, clock, inner, selected, selectedLane, cursor],
  );
  const latest = useRef({ content, tables });
  const unfoldGap = useCallback(
    (gap: Span) => setGaps((now) => ({ ...now, except: new Set(now.except).add(gap.from) })),
    [],
  );

  useEffect(() => {
    latest.current = { content, tables };
    stage.current?.show(content);
  }, [content, tables]);
  useEffect(() => {
    if (!scroller.current || !lanes.current || !ruler.current || !minimap.current || !ring.current) return undefined;
    const made = new Stage(
      {
        scroller: scroller.current,
        lanes: lanes.current,
        ruler: ruler.current,
        minimap: minimap.current,
        cursor: ring.current,
      },
      latest.current.content,
      {
        pointed: setPointed,
        rested: setRest,
        pressed: (press) => {
          if (press.kind === 'gap') unfoldGap(press.gap);
          else if (press.kind === 'lane')
            select({ kind: 'thread', threadId: latest.current.tables.lanes.threadId[press.lane] ?? '' });
          else {
            // Pressing again where several lie in one place selects the next of them.
            const at = press.items.findIndex((item) => item === latest.current.content.selected);
            const item = press.items[(at + 1) % press.items.length];
            if (item) {
              const next = selectionOf(latest.current.tables, item);
              setReached(next);
              select(next);
            }
          }
        },
      },
    );
    stage.current = made;
    return () => {
      made.dispose();
      stage.current = null;
    };
  }, [unfoldGap]);

  /** Shows what is selected elsewhere: unfolds what hides its lane, and brings it into view. */
  const reveal = useCallback(
    (lane: number, item: Item | null) => {
      setFolding((now) => withUnfolded(scene.outline, now, ancestorsOf(scene.outline, [lane]), true));
      // The lanes are laid out anew first.
      requestAnimationFrame(() => stage.current?.reveal(lane, item && !Number.isNaN(item.from) ? item.from : null));
    },
    [scene],
  );
  const [opened, setOpened] = useState<Scene | null>(null);
  useEffect(() => {
    if (opened === scene || selectedLane < 0) return;
    // What a link selects is brought into view once, when the tree is there.
    const frame = requestAnimationFrame(() => {
      setOpened(scene);
      const item = selected ?? turnOf(scene, tables, selection);
      reveal(selectedLane, item);
      if (item && selection?.kind === 'event')
        stage.current?.showSpan({ from: item.from, to: scene.items.to[item.index] ?? item.from });
    });
    return () => cancelAnimationFrame(frame);
  }, [opened, scene, selected, selectedLane, selection, tables, reveal]);

  const choose = useCallback(
    (next: Selection, item: Item | null) => {
      select(next);
      setReached(item && next);
      reveal(laneOf(scene, next.threadId), item);
    },
    [scene, reveal],
  );

  const chooseLane = useCallback(
    (lane: number) => choose({ kind: 'thread', threadId: scene.timeline.lanes.threadId[lane] ?? '' }, null),
    [choose, scene],
  );

  const move = (how: CursorMove): void => {
    const next = cursorAfter(scene, inner, layout.lanes, cursor, how);
    if (!next) return;
    setReached(selectionOf(tables, next));
    stage.current?.reveal(next.lane, next.from);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => move('next'),
    ArrowLeft: () => move('previous'),
    ArrowDown: () => move('below'),
    ArrowUp: () => move('above'),
    Home: () => move('first'),
    End: () => move('last'),
    '+': () => stage.current?.zoom(1.5),
    '=': () => stage.current?.zoom(1.5),
    '-': () => stage.current?.zoom(1 / 1.5),
    '0': () => stage.current?.all(),
    PageDown: () => stage.current?.pan(0.8),
    PageUp: () => stage.current?.pan(-0.8),
    g: () => setGaps((now) => ({ folded: !now.folded, except: new Set() })),
    z: () => {
      if (cursor) stage.current?.showSpan({ from: cursor.from, to: cursor.to ?? cursor.from });
    },
    Enter: () => {
      if (cursor) select(selectionOf(tables, cursor));
    },
    ' ': () => {
      if (cursor) select(selectionOf(tables, cursor));
    },
    Escape: () => select(null),
  };

  const help = useId();
  if (scene.span === null)
    return (
      <Notice
        kind="empty"
        title="No log gives a time for anything here, so that there is nothing to lay along a timeline."
      />
    );
  const height = totalHeight(layout);
  return (
    <div className={classes.run}>
      <Toolbar
        closeness={rest?.closeness ?? 1}
        clock={clock}
        onClock={setClock}
        folded={gaps.folded}
        hasGaps={idle.length > 0}
        onGaps={() => setGaps((now) => ({ folded: !now.folded, except: new Set() }))}
        withContext={withContext}
        onContext={() => setWithContext((now) => !now)}
        onZoom={(factor) => stage.current?.zoom(factor)}
        onAll={() => stage.current?.all()}
        hasBelow={scene.timeline.lanes.threadId.length > 1}
        onFold={(unfolded) => setFolding(unfoldedTo(unfolded ? deepest : 0))}
      />
      <div className={classes.frame}>
        <div className={classes.corner} aria-hidden="true">
          All of it
        </div>
        <canvas ref={minimap} className={classes.minimap} aria-hidden="true" />
        <div className={classes.corner} aria-hidden="true">
          Threads
        </div>
        <canvas ref={ruler} className={classes.ruler} aria-hidden="true" />
        <div ref={scroller} className={classes.scroller}>
          <div className={classes.content} style={{ height }}>
            <Names
              scene={scene}
              layout={layout}
              folding={folding}
              onFolding={setFolding}
              selectedLane={selectedLane}
              onSelect={chooseLane}
              scroller={scroller}
              kept={kept}
            />
            <div
              className={classes.lanes}
              tabIndex={0}
              role="application"
              aria-label="Timeline"
              aria-describedby={help}
              onKeyDown={(event) => {
                const act = keys[event.key];
                if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
                event.preventDefault();
                act();
              }}
            >
              <div className={classes.stage}>
                <canvas ref={lanes} className={classes.canvas} aria-hidden="true" />
                <div ref={ring} className={classes.cursor} data-cursor hidden />
              </div>
            </div>
          </div>
        </div>
      </div>
      <p id={help} className={classes.help}>
        Wheel with Ctrl or ⌘, or two fingers: zoom. Drag, or the wheel sideways: pan. On the map: drag the window or its
        ends, or beside it for another. Keys: arrows go from item to item, Enter selects, + − 0 zoom, Page keys pan, Z
        shows an item in full, G folds idle time.
      </p>
      <div role="status" data-said>
        <Spoken>{cursor ? spoken(tables, cursor, telling, ordinalOf(scene, inner, cursor)) : ''}</Spoken>
      </div>
      {span?.complete === false ? (
        <p className={classes.help}>
          There are more tool calls in view than are shown at once: the earliest are. Zoom in to see all.
        </p>
      ) : null}
      <Legend scene={scene} />
      {pointed ? <Tip pointed={pointed} scene={scene} tables={tables} telling={telling} /> : null}
      <Details
        scene={scene}
        tables={tables}
        selection={selection}
        item={selected}
        telling={telling}
        onSelect={choose}
        onClose={() => select(null)}
        kept={kept}
      />
      <RunTable
        scene={scene}
        tables={tables}
        telling={telling}
        selected={selected}
        onSelect={(item) => choose(selectionOf(tables, item), item)}
      />
    </div>
  );
}

'use client';

import { useMemo, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { Spoken } from '@/components/ui/spoken';
import type { UrlParameters } from '@/lib/parameters.ts';
import { ordinalOf } from './cursor';
import { spoken } from './describe';
import { Details } from './details';
import { findItem, laneOf } from './find-item';
import { totalHeight } from './lane-layout';
import { Legend } from './legend';
import { Names } from './names';
import type { Clock } from './ruler';
import { RunTable } from './run-table';
import type { Scene } from './scene';
import { selectionOf } from './selection';
import type { Pointed, Rest } from './stage';
import { tablesOf } from './tables';
import { TimelineFrame } from './timeline-frame';
import { Tip } from './tip';
import { Toolbar } from './toolbar';
import { useChoice } from './use-choice';
import { useCursor } from './use-cursor';
import { useGaps } from './use-gaps';
import { useInner } from './use-inner';
import { useLaneKeys } from './use-lane-keys';
import { useLanes } from './use-lanes';
import { select, useSelection } from './use-selection';
import { useStage } from './use-stage';
import classes from './timeline.module.css';

interface TimelineViewProps {
  readonly threadId: string;
  readonly scene: Scene;
  readonly kept: UrlParameters;
}

/** Shows lanes along time, or why there are none. */
export function TimelineView(props: TimelineViewProps) {
  if (props.scene.span === null)
    return <Notice kind="empty" title="No timeline: the logs have no times for anything here." />;
  return <Lanes {...props} />;
}

/** Shows lanes along time, with all their controls. */
function Lanes({ threadId, scene, kept }: TimelineViewProps) {
  const selection = useSelection();
  const { layout, folding, setFolding, foldAll, withContext, toggleContext } = useLanes(scene);
  const { scale, hasGaps, folded, unfoldGap, toggleGaps } = useGaps(scene);
  const [clock, setClock] = useState<Clock>('utc');
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [rest, setRest] = useState<Rest | null>(null);

  const { inner, span } = useInner(threadId, scene, rest);
  const tables = useMemo(() => tablesOf(scene.timeline, span ?? undefined), [scene, span]);
  const selected = useMemo(() => findItem(scene, inner, tables, selection), [scene, inner, tables, selection]);
  const { cursor, setReached } = useCursor(scene, inner, tables, selection);
  const selectedLane = selection === null ? -1 : laneOf(scene, selection.threadId);
  const telling = { clock, start: scene.span?.from ?? 0 };

  const { stage, ...elements } = useStage(
    { scene, layout, scale, clock, inner, selected, selectedLane: selectedLane < 0 ? null : selectedLane, cursor },
    tables,
    { onPointed: setPointed, onRest: setRest, onGap: unfoldGap, onReached: setReached },
  );
  const { choose, chooseLane } = useChoice(
    { scene, tables, selection, selected, selectedLane },
    stage,
    setFolding,
    setReached,
  );
  const onKeyDown = useLaneKeys({
    scene,
    inner,
    tables,
    layout,
    cursor,
    stage,
    onReached: setReached,
    onGaps: toggleGaps,
  });

  return (
    <div className={classes.run}>
      <Toolbar
        closeness={rest?.closeness ?? 1}
        clock={clock}
        onClock={setClock}
        folded={folded}
        hasGaps={hasGaps}
        onGaps={toggleGaps}
        withContext={withContext}
        onContext={toggleContext}
        onZoom={(factor) => stage.current?.zoom(factor)}
        onAll={() => stage.current?.all()}
        hasBelow={scene.timeline.lanes.threadId.length > 1}
        onFold={foldAll}
      />
      <TimelineFrame {...elements} height={totalHeight(layout)} onKeyDown={onKeyDown}>
        <Names
          scene={scene}
          layout={layout}
          folding={folding}
          onFolding={setFolding}
          selectedLane={selectedLane}
          onSelect={chooseLane}
          scroller={elements.scroller}
          kept={kept}
        />
      </TimelineFrame>
      <div role="status" data-said>
        <Spoken>{cursor ? spoken(tables, cursor, telling, ordinalOf(scene, inner, cursor)) : ''}</Spoken>
      </div>
      {span?.complete === false ? (
        <p className={classes.help}>Too many tool calls in view: only the earliest are shown. Zoom in to see all.</p>
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

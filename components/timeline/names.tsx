'use client';

import { memo, type KeyboardEvent, type RefObject } from 'react';
import { hasChildren, isUnfolded, withUnfolded, type Folding } from '@/components/outline/outline.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { LaneLayout } from './lane-layout';
import { nameMove } from './name-keys';
import { NameRow } from './name-row';
import type { Scene } from './scene';
import { useNameFocus } from './use-name-focus';
import { usePlacesInView } from './use-places-in-view';
import classes from './timeline.module.css';

interface NamesProps {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly folding: Folding;
  readonly onFolding: (folding: Folding) => void;
  readonly selectedLane: number;
  readonly onSelect: (lane: number) => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly kept: UrlParameters;
}

/** Shows the threads beside their lanes as a tree. Only the rows in view are in the page. */
export const Names = memo(function Names({
  scene,
  layout,
  folding,
  onFolding,
  selectedLane,
  onSelect,
  scroller,
  kept,
}: NamesProps) {
  const { focused, setFocused, go } = useNameFocus(scroller, layout);
  // One name is always a stop of the Tab key, also when the lane of the last one is no longer shown.
  const reached = Math.max(layout.lanes.indexOf(focused ?? selectedLane), 0);
  const places = usePlacesInView(scroller, layout, reached);

  const fold = (lane: number, unfolded: boolean): void =>
    onFolding(withUnfolded(scene.outline, folding, [lane], unfolded));
  const keys = (event: KeyboardEvent, place: number, unfolded: boolean | null): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = nameMove(event.key, scene, layout, place, unfolded, { go, fold, select: onSelect });
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <div className={classes.names} role="tree" aria-label="Threads in the timeline">
      {places.map((place) => {
        const lane = layout.lanes[place] ?? 0;
        const top = layout.tops[place] ?? 0;
        const unfolded = hasChildren(scene.outline, lane) ? isUnfolded(scene.outline, folding, lane) : null;
        return (
          <NameRow
            key={lane}
            scene={scene}
            lane={lane}
            top={top}
            height={(layout.tops[place + 1] ?? top) - top}
            unfolded={unfolded}
            reached={place === reached}
            selected={lane === selectedLane}
            onSelect={() => {
              setFocused(lane);
              onSelect(lane);
            }}
            onFold={() => fold(lane, unfolded !== true)}
            onFocus={() => setFocused(lane)}
            onKeyDown={(event) => keys(event, place, unfolded)}
            kept={kept}
          />
        );
      })}
    </div>
  );
});

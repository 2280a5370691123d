'use client';

import { IconArrowUpRight } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { counted, short, shortId } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { hasChildren, isUnfolded, withUnfolded, type Folding } from '@/components/outline/outline.ts';
import { FoldButton } from '@/components/ui/fold-button';
import { markAddress } from '@/components/ui/status';
import { Spoken } from '@/components/ui/spoken';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { placeAt, type LaneLayout } from './lane-layout';
import type { Scene } from './scene';
import classes from './timeline.module.css';

/** Deeper lanes are not indented further, or no room would be left for their names; their depth is written instead. */
const mostIndented = 6;
const spare = 6;
/** Until it is known how many rows are in view. */
const mostAtFirst = 20;

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

/** The threads beside their lanes, row by row: a tree of which only what is in view is in the page. */
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
  const [seen, setSeen] = useState({ first: 0, last: mostAtFirst });
  const [focused, setFocused] = useState<number | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = (): void => {
      const first = placeAt(layout, element.scrollTop);
      const last = placeAt(layout, element.scrollTop + element.clientHeight);
      // Only other rows are another picture: nothing is made anew for each pixel.
      setSeen((now) => (now.first === first && now.last === last ? now : { first, last }));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, layout]);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    // A row that is to have the focus may come into the page only after it was scrolled to.
    const row =
      wanted.current === null ? null : scroller.current?.querySelector<HTMLElement>(`[data-lane="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const first = Math.max(seen.first - spare, 0);
  const last = Math.min(seen.last + spare, layout.lanes.length - 1);
  const places = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index);
  const reached = focused ?? layout.lanes.indexOf(Math.max(selectedLane, 0));

  const go = (place: number): void => {
    const lane = layout.lanes[place];
    const element = scroller.current;
    if (lane === undefined || !element) return;
    setFocused(place);
    const top = layout.tops[place] ?? 0;
    const bottom = layout.tops[place + 1] ?? top;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTo({ top: bottom - element.clientHeight });
    wanted.current = lane;
  };
  const fold = (lane: number, unfolded: boolean): void =>
    onFolding(withUnfolded(scene.outline, folding, [lane], unfolded));
  const keys = (event: KeyboardEvent, place: number): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const lane = layout.lanes[place] ?? 0;
    const unfolds = hasChildren(scene.outline, lane);
    const open = unfolds && isUnfolded(scene.outline, folding, lane);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(Math.min(place + 1, layout.lanes.length - 1)),
      ArrowUp: () => go(Math.max(place - 1, 0)),
      Home: () => go(0),
      End: () => go(layout.lanes.length - 1),
      ArrowRight: () => {
        if (unfolds && !open) fold(lane, true);
        else if (open) go(place + 1);
      },
      ArrowLeft: () => {
        const parent = scene.outline.parents[lane] ?? -1;
        if (open) fold(lane, false);
        else if (parent >= 0) go(layout.lanes.indexOf(parent));
      },
      Enter: () => onSelect(lane),
      ' ': () => onSelect(lane),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <div className={classes.names} role="tree" aria-label="Threads of the run">
      {places.map((place) => {
        const lane = layout.lanes[place] ?? 0;
        const { lanes } = scene.timeline;
        const depth = lanes.depth[lane] ?? 0;
        const top = layout.tops[place] ?? 0;
        const height = (layout.tops[place + 1] ?? top) - top;
        const unfolds = hasChildren(scene.outline, lane);
        const open = unfolds && isUnfolded(scene.outline, folding, lane);
        return (
          <div
            key={lane}
            role="treeitem"
            data-lane={lane}
            className={classes.name}
            tabIndex={place === reached || (reached < 0 && place === 0) ? 0 : -1}
            aria-level={depth + 1}
            aria-selected={lane === selectedLane}
            {...(unfolds ? { 'aria-expanded': open } : {})}
            style={{ top, height, '--level': Math.min(depth, mostIndented) }}
            onClick={() => {
              setFocused(place);
              onSelect(lane);
            }}
            onKeyDown={(event) => keys(event, place)}
            onFocus={() => setFocused(place)}
          >
            <FoldButton
              unfolded={unfolds ? open : null}
              onClick={(event) => {
                event.stopPropagation();
                fold(lane, !open);
              }}
            />
            <Name scene={scene} lane={lane} tall={height >= tall} kept={kept} />
          </div>
        );
      })}
    </div>
  );
});

/** A lane of this height has room for a second line. */
const tall = 44;

/** What a row says of its thread. The rows are made anew while they scroll past; this is not. */
const Name = memo(function Name({
  scene,
  lane,
  tall: hasRoom,
  kept,
}: {
  readonly scene: Scene;
  readonly lane: number;
  readonly tall: boolean;
  readonly kept: UrlParameters;
}) {
  const { lanes } = scene.timeline;
  const depth = lanes.depth[lane] ?? 0;
  const threadId = lanes.threadId[lane] ?? '';
  const name = lanes.title[lane] ?? lanes.agentNickname[lane] ?? null;
  const figures = figuresOf(scene, lane);
  // The depth takes the room of the figures, which are still told on hover.
  const isDeep = depth > mostIndented;
  return (
    <>
      <svg className={classes.kind} aria-hidden="true">
        <use href={markAddress(lanes.kind[lane] ?? 'other')} />
      </svg>
      <span className={classes.nameText} title={`${name === null ? threadId : `${name} (${threadId})`}: ${figures}`}>
        {isDeep ? (
          <span className={classes.depth} title={`${counted(depth, 'level')} below`}>
            {depth}
          </span>
        ) : null}
        {name ?? <code>{shortId(threadId)}</code>}
        <Spoken>, {lanes.kind[lane]}</Spoken>
        {hasRoom ? (
          <small>
            {lanes.kind[lane]} · {figures}
          </small>
        ) : null}
      </span>
      {hasRoom || isDeep ? null : (
        <span className={classes.figures} title={figures}>
          {lanes.seen[lane] === 'mentioned' ? 'mentioned' : counted(lanes.turns[lane] ?? 0, 'turn')}
        </span>
      )}
      <TextLink
        className={classes.open}
        tabIndex={-1}
        href={threadAddress(threadId, kept)}
        title={threadId}
        onClick={(event) => event.stopPropagation()}
      >
        <IconArrowUpRight size={13} stroke={1.75} aria-hidden="true" />
        <Spoken>Open the thread {shortId(threadId)}</Spoken>
      </TextLink>
    </>
  );
});

function figuresOf({ timeline: { lanes } }: Scene, lane: number): string {
  if (lanes.seen[lane] === 'mentioned') return 'only mentioned';
  const compactions = lanes.compactions[lane] ?? 0;
  return [
    counted(lanes.turns[lane] ?? 0, 'turn'),
    `${short(lanes.tokens[lane] ?? 0)} tokens`,
    ...(compactions === 0
      ? []
      : [`${counted(compactions, 'compaction')}, ${short(lanes.tokensSaved[lane] ?? 0)} saved`]),
    ...((lanes.storms[lane] ?? 0) === 0 ? [] : [counted(lanes.storms[lane] ?? 0, 'storm')]),
  ].join(' · ');
}

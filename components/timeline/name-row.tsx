'use client';

import { IconArrowUpRight } from '@tabler/icons-react';
import { memo, type KeyboardEvent } from 'react';
import { pluralize, formatShort, shortId } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { FoldButton } from '@/components/ui/fold-button';
import { markAddress } from '@/components/ui/status';
import { Spoken } from '@/components/ui/spoken';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Scene } from './scene';
import classes from './timeline.module.css';

/** Deeper lanes are not indented further, or their names would have no room; their depth is written instead. */
const mostIndented = 6;

interface NameRowProps {
  readonly scene: Scene;
  readonly lane: number;
  /** Its upper edge, in pixels. */
  readonly top: number;
  readonly height: number;
  /** Null when nothing is below it. */
  readonly unfolded: boolean | null;
  /** True when the Tab key reaches it. */
  readonly reached: boolean;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onFold: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly kept: UrlParameters;
}

/** Shows a thread beside its lane. */
export function NameRow({
  scene,
  lane,
  top,
  height,
  unfolded,
  reached,
  selected,
  onSelect,
  onFold,
  onFocus,
  onKeyDown,
  kept,
}: NameRowProps) {
  const depth = scene.timeline.lanes.depth[lane] ?? 0;
  return (
    <div
      role="treeitem"
      data-lane={lane}
      className={classes.name}
      tabIndex={reached ? 0 : -1}
      aria-level={depth + 1}
      aria-selected={selected}
      {...(unfolded === null ? {} : { 'aria-expanded': unfolded })}
      style={{ top, height, '--level': Math.min(depth, mostIndented) }}
      onClick={onSelect}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <FoldButton
        unfolded={unfolded}
        onClick={(event) => {
          event.stopPropagation();
          onFold();
        }}
      />
      <Name scene={scene} lane={lane} tall={height >= tall} kept={kept} />
    </div>
  );
}

/** A lane of this height has room for a second line. */
const tall = 44;

/** Shows a thread in a row. Scrolling makes the rows again, but not this. */
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
  // The depth takes the place of the figures, which are still shown on hover.
  const isDeep = depth > mostIndented;
  return (
    <>
      <svg className={classes.kind} aria-hidden="true">
        <use href={markAddress(lanes.kind[lane] ?? 'other')} />
      </svg>
      <span className={classes.nameText} title={`${name === null ? threadId : `${name} (${threadId})`}: ${figures}`}>
        {isDeep ? (
          <span className={classes.depth} title={`${pluralize(depth, 'level')} deep`}>
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
          {lanes.seen[lane] === 'mentioned' ? 'mentioned' : pluralize(lanes.turns[lane] ?? 0, 'turn')}
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
        <Spoken>Open thread {shortId(threadId)}</Spoken>
      </TextLink>
    </>
  );
});

function figuresOf({ timeline: { lanes } }: Scene, lane: number): string {
  if (lanes.seen[lane] === 'mentioned') return 'only mentioned';
  const compactions = lanes.compactions[lane] ?? 0;
  return [
    pluralize(lanes.turns[lane] ?? 0, 'turn'),
    `${formatShort(lanes.tokens[lane] ?? 0)} tokens`,
    ...(compactions === 0
      ? []
      : [`${pluralize(compactions, 'compaction')}, ${formatShort(lanes.tokensSaved[lane] ?? 0)} saved`]),
    ...((lanes.storms[lane] ?? 0) === 0 ? [] : [pluralize(lanes.storms[lane] ?? 0, 'storm')]),
  ].join(' · ');
}

'use client';

import { useId, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import classes from './timeline.module.css';

interface TimelineFrameProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly lanes: RefObject<HTMLCanvasElement | null>;
  readonly ruler: RefObject<HTMLCanvasElement | null>;
  readonly minimap: RefObject<HTMLCanvasElement | null>;
  /** What is laid over the item that the keyboard is at. */
  readonly ring: RefObject<HTMLDivElement | null>;
  /** Of all lanes, in pixels. */
  readonly height: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** What stands beside the lanes. */
  readonly children: ReactNode;
}

/** What the stage draws on: the map and the ruler, and below them the lanes, which scroll and take the keys. */
export function TimelineFrame({
  scroller,
  lanes,
  ruler,
  minimap,
  ring,
  height,
  onKeyDown,
  children,
}: TimelineFrameProps) {
  const help = useId();
  return (
    <>
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
            {children}
            <div
              className={classes.lanes}
              tabIndex={0}
              role="application"
              aria-label="Timeline"
              aria-describedby={help}
              onKeyDown={onKeyDown}
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
    </>
  );
}

'use client';

import { useId, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import classes from './timeline.module.css';

interface TimelineFrameProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly lanes: RefObject<HTMLCanvasElement | null>;
  readonly ruler: RefObject<HTMLCanvasElement | null>;
  readonly minimap: RefObject<HTMLCanvasElement | null>;
  /** The element over the item at the keyboard. */
  readonly ring: RefObject<HTMLDivElement | null>;
  /** Of all lanes, in pixels. */
  readonly height: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The content beside the lanes. */
  readonly children: ReactNode;
}

/** Shows the elements of the stage: the map and the ruler, and below them the lanes, which scroll and take the keys. */
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
          Overview
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
        Zoom: Ctrl or ⌘ with the wheel, or pinch. Pan: drag, or scroll sideways. On the overview: drag the window or its
        edges, or drag beside it to select another range. Keys: arrows move between items, Enter selects, + − 0 zoom,
        Page Up and Page Down pan, Z shows an item in full, G collapses idle time.
      </p>
    </>
  );
}

'use client';

import { useEffect, useMemo, useRef } from 'react';
import type { Span } from './gaps';
import { selectionOf, type Selection } from './selection';
import { Stage, type Pointed, type Rest, type StageContent } from './stage';
import type { Tables } from './tables';
import { select } from './use-selection';

/** The callbacks of a stage; another function makes another stage. */
interface StageCalls {
  readonly onPointed: (pointed: Pointed | null) => void;
  readonly onRest: (rest: Rest) => void;
  readonly onGap: (gap: Span) => void;
  /** Reports that an item was pressed; the keyboard continues from there. */
  readonly onReached: (reached: Selection) => void;
}

/** Returns the stage, which lives as long as its elements, and shows its content as it changes. */
export function useStage(
  { scene, layout, scale, clock, inner, selected, selectedLane, cursor }: StageContent,
  tables: Tables,
  { onPointed, onRest, onGap, onReached }: StageCalls,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLCanvasElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const minimap = useRef<HTMLCanvasElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const content: StageContent = useMemo(
    () => ({ scene, layout, scale, clock, inner, selected, selectedLane, cursor }),
    [scene, layout, scale, clock, inner, selected, selectedLane, cursor],
  );
  const latest = useRef({ content, tables });

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
        pointed: onPointed,
        rested: onRest,
        pressed: (press) => {
          if (press.kind === 'gap') onGap(press.gap);
          else if (press.kind === 'lane')
            select({ kind: 'thread', threadId: latest.current.tables.lanes.threadId[press.lane] ?? '' });
          else {
            // Pressing again on several in one place selects the next of them.
            const at = press.items.findIndex((item) => item === latest.current.content.selected);
            const item = press.items[(at + 1) % press.items.length];
            if (item) {
              const next = selectionOf(latest.current.tables, item);
              onReached(next);
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
  }, [onPointed, onRest, onGap, onReached]);
  return { stage, scroller, lanes, ruler, minimap, ring };
}

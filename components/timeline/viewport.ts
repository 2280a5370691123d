import type { Span } from './gaps.ts';
import { gapCount, placeOf, scaleWidth, timeAt, type TimeScale, type Zoom } from './time-scale.ts';

/** The part of a scale in view: `width` pixels from `left` on, at `perMs` pixels for a ms. */
export interface Viewport {
  readonly scale: TimeScale;
  readonly width: number;
  readonly perMs: number;
  readonly left: number;
}

/** The greatest width of a folded gap: enough room to write its length. */
const widestGap = 64;
/** At the farthest, gaps take at most this share of the width. */
const gapShare = 0.3;
/** The pixels for a ms at the closest. */
const mostPerMs = 8;
/** The distance of the ends from the edges at the farthest. */
export const margin = 12;

const roomOf = (width: number): number => Math.max(width - 2 * margin, 1);
/** Returns the pixels for a ms at which all of the scale is in view. */
const fitPerMs = (scale: TimeScale, width: number): number =>
  (roomOf(width) - farthestGap(scale, width) * gapCount(scale)) / scale.shown;
const farthestGap = (scale: TimeScale, width: number): number =>
  gapCount(scale) === 0 ? widestGap : Math.min(widestGap, (roomOf(width) * gapShare) / gapCount(scale));

/** Returns the drawing of the scale: gaps grow with the zoom until their length can be written in them. */
export function zoomOf({ scale, width, perMs }: Pick<Viewport, 'scale' | 'width' | 'perMs'>): Zoom {
  return {
    perMs,
    gapWidth: Math.min(widestGap, farthestGap(scale, width) * Math.max(perMs / fitPerMs(scale, width), 1)),
  };
}

/** Keeps a viewport within its scale: no farther than all of it, and no closer than eight pixels for a ms. */
function kept({ scale, width, perMs, left }: Viewport): Viewport {
  const closest = Math.max(mostPerMs, fitPerMs(scale, width));
  const within = Math.min(Math.max(perMs, fitPerMs(scale, width)), closest);
  const end = scaleWidth(scale, zoomOf({ scale, width, perMs: within })) + margin - width;
  return { scale, width, perMs: within, left: Math.min(Math.max(left, -margin), Math.max(end, -margin)) };
}

/** Returns the view of everything. */
export const fullView = (scale: TimeScale, width: number): Viewport => kept({ scale, width, perMs: 0, left: -margin });
export const isWhole = (view: Viewport): boolean => view.perMs <= fitPerMs(view.scale, view.width) * 1.0001;

/** Returns the place of a time, in pixels from the left edge of the view. */
export const xOf = (view: Viewport, time: number): number => placeOf(view.scale, zoomOf(view), time) - view.left;
export const timeAtX = (view: Viewport, x: number): number => timeAt(view.scale, zoomOf(view), view.left + x);
/** Returns the span of time in view. */
export const spanOf = (view: Viewport): Span => ({ from: timeAtX(view, 0), to: timeAtX(view, view.width) });

export const panned = (view: Viewport, pixels: number): Viewport => kept({ ...view, left: view.left + pixels });

/** Zooms in by a factor (or out, below 1); the time at `x` stays there. */
export function zoomed(view: Viewport, factor: number, x: number): Viewport {
  const time = timeAtX(view, x);
  const closer = kept({ ...view, perMs: view.perMs * factor });
  return kept({ ...closer, left: placeOf(closer.scale, zoomOf(closer), time) - x });
}

/** Returns the view in which this span fills most of the width; a moment is shown with `around` ms about it. */
export function showing(view: Viewport, { from, to }: Span, around = 0): Viewport {
  const length = Math.max(to - from, around, 1);
  const closer = kept({ ...view, perMs: (view.width * 0.6) / length });
  return centred(closer, (from + to) / 2);
}

/** Returns the place of the view on a map of everything that is as wide. */
export function windowOf(view: Viewport): { readonly from: number; readonly to: number } {
  const all = fullView(view.scale, view.width);
  const { from, to } = spanOf(view);
  return { from: Math.max(xOf(all, from), 0), to: Math.min(xOf(all, to), view.width) };
}

/**
 * Returns the view that a span fills from edge to edge, as far as the closest zoom allows. Searches by halving: gaps
 * grow with the zoom, so no formula gives it.
 */
export function spanning({ scale, width }: Viewport, { from, to }: Span): Viewport {
  let [far, close] = [fitPerMs(scale, width), Math.max(mostPerMs, fitPerMs(scale, width))];
  for (let step = 0; step < 60; step++) {
    const middle = Math.sqrt(far * close);
    const zoom = zoomOf({ scale, width, perMs: middle });
    if (placeOf(scale, zoom, to) - placeOf(scale, zoom, from) > width) close = middle;
    else far = middle;
  }
  const view = kept({ scale, width, perMs: far, left: 0 });
  return kept({ ...view, left: placeOf(scale, zoomOf(view), from) });
}

/** Returns the same zoom with a time in the middle. */
export const centred = (view: Viewport, time: number): Viewport =>
  kept({ ...view, left: placeOf(view.scale, zoomOf(view), time) - view.width / 2 });

/**
 * Returns the same view with another scale, or in another width: the time in its middle stays there, and a view of
 * everything still shows everything.
 */
export function rescaled(view: Viewport, scale: TimeScale, width: number): Viewport {
  if (isWhole(view)) return fullView(scale, width);
  return centred(kept({ scale, width, perMs: view.perMs, left: 0 }), timeAtX(view, view.width / 2));
}

/** Moves only as far as necessary to show the time, away from the edges. */
export function withInView(view: Viewport, time: number): Viewport {
  const x = xOf(view, time);
  const edge = Math.min(48, view.width / 4);
  if (x < edge) return panned(view, x - edge);
  return x > view.width - edge ? panned(view, x - view.width + edge) : view;
}

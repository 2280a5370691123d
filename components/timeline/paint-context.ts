import { pluralize, formatShort } from '@/components/formats';
import { pathOf } from './context';
import type { Frame, FrameLane } from './frame';
import { drawWords } from './glyphs';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { spanOf, xOf, type Viewport } from './viewport';

/** A narrower lid shows no dashes, and dashing thousands of them takes most of a picture's time. */
const leastDashed = 8;

/**
 * Paints the tokens in context: a line with its area where they are known, and a dashed lid over each turn with only an
 * upper limit.
 */
export function paintContext(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  { view }: Frame,
  { lane, top, parts }: FrameLane,
): void {
  const { from, to } = spanOf(view);
  const bottom = top + parts.context + parts.contextHeight;
  const yOf = (tokens: number): number => bottom - Math.min(tokens / scene.context.most, 1) * (parts.contextHeight - 2);
  context.lineWidth = 1;
  context.strokeStyle = palette.colours['ink-mute'];
  context.fillStyle = palette.colours['ink-mute'];
  context.setLineDash([2, 2]);
  context.beginPath();
  let lastX = Number.NEGATIVE_INFINITY;
  for (const bound of scene.context.bounds[lane] ?? []) {
    if (bound.to < from || bound.from > to) continue;
    const x = xOf(view, bound.from);
    const end = Math.max(xOf(view, bound.to), x + 2);
    if (end < lastX + 1) continue;
    lastX = end;
    const y = Math.round(yOf(bound.tokens)) + 0.5;
    if (end - x < leastDashed) {
      context.fillRect(x, y - 0.5, end - x, 1);
      continue;
    }
    context.moveTo(Math.max(x, -10), y);
    context.lineTo(Math.min(end, view.width + 10), y);
  }
  context.stroke();
  context.setLineDash([]);
  paintRefills(context, palette, scene, view, lane, yOf);
  const line = scene.context.lines[lane];
  if (!line) return;
  const path = pathOf(line, from, to, (time) => xOf(view, time), yOf);
  context.beginPath();
  for (let index = 0; index < path.length; index += 2) {
    const x = path[index] ?? 0;
    const y = path[index + 1] ?? 0;
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.strokeStyle = palette.colours.accent;
  context.lineWidth = 1.5;
  // A value known at one moment only is a dot.
  if (path.length === 2) context.arc(path[0] ?? 0, path[1] ?? 0, 1, 0, 2 * Math.PI);
  context.stroke();
  context.lineTo(path.at(-2) ?? 0, bottom);
  context.lineTo(path[0] ?? 0, bottom);
  context.closePath();
  context.globalAlpha = 0.14;
  context.fillStyle = palette.colours.accent;
  context.fill();
  context.globalAlpha = 1;
  paintSavings(context, palette, scene, view, lane, yOf);
}

/** Writes the saving of each compaction beside the fall of the line, where there is room before the next one. */
function paintSavings(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  view: Viewport,
  lane: number,
  yOf: (tokens: number) => number,
): void {
  const falls = scene.compacted.falls[lane] ?? [];
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'bottom';
  context.fillStyle = palette.colours['ink-soft'];
  for (const [index, { at, after, saved }] of falls.entries()) {
    const x = xOf(view, at) + 4;
    if (x < 0 || x > view.width) continue;
    const label = `${formatShort(saved)} saved`;
    const next = falls[index + 1];
    if (next && xOf(view, next.at) - x < context.measureText(label).width + 8) continue;
    drawWords(context, palette, label, x, yOf(after) - 1);
  }
}

/**
 * Paints a line from each compaction until the context was as full again, at that height, with the number of turns
 * where there is room.
 */
function paintRefills(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  view: Viewport,
  lane: number,
  yOf: (tokens: number) => number,
): void {
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'top';
  for (const { from, to, tokens, turns } of scene.compacted.refills[lane] ?? []) {
    const x = xOf(view, from);
    const end = xOf(view, to);
    if (end < 0 || x > view.width || end - x < 4) continue;
    const y = Math.round(yOf(tokens)) + 0.5;
    context.lineWidth = 1;
    context.strokeStyle = palette.tones.late;
    context.setLineDash([4, 2]);
    context.beginPath();
    context.moveTo(Math.max(x, -10), y);
    context.lineTo(Math.min(end, view.width + 10), y);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(end - 4, y + 4);
    context.lineTo(end, y);
    context.lineTo(end - 4, y - 4);
    context.stroke();
    const label = turns === 0 ? 'refilled in the same turn' : `refilled after ${pluralize(turns, 'turn')}`;
    if (context.measureText(label).width + 16 > end - x) continue;
    context.fillStyle = palette.colours['ink-mute'];
    drawWords(context, palette, label, Math.max(x, 0) + 6, y + 3);
  }
}

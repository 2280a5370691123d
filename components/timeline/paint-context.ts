import { counted } from '@/components/formats';
import { pathOf } from './context';
import type { Frame, FrameLane } from './frame';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { spanOf, xOf, type Viewport } from './viewport';

/** Tokens in context: a line with its area where they are known, and a dashed lid over each turn of which only a bound is. */
export function paintContext(context: CanvasRenderingContext2D, palette: Palette, scene: Scene, { view }: Frame, { lane, top, parts }: FrameLane): void {
  const { from, to } = spanOf(view);
  const bottom = top + parts.context + parts.contextHeight;
  const yOf = (tokens: number): number => bottom - Math.min(tokens / scene.context.most, 1) * (parts.contextHeight - 2);
  context.lineWidth = 1;
  context.strokeStyle = palette.colours['ink-mute'];
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
    context.moveTo(Math.max(x, -10), y);
    context.lineTo(Math.min(end, view.width + 10), y);
  }
  context.stroke();
  context.setLineDash([]);
  paintRefills(context, palette, scene, view, lane, yOf);
  const line = scene.context.lines[lane];
  if (!line) return;
  const path = pathOf(line, from, to, (time) => xOf(view, time), yOf);
  const lastTime = line.times.at(-1) ?? 0;
  const end = Math.min(xOf(view, Math.max(scene.own.to[lane] ?? lastTime, lastTime)), view.width + 10);
  context.beginPath();
  for (let index = 0; index < path.length; index += 2) {
    const x = path[index] ?? 0;
    const y = path[index + 1] ?? 0;
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  const lastX2 = path.at(-2) ?? 0;
  if (end > lastX2) context.lineTo(end, path.at(-1) ?? bottom);
  context.strokeStyle = palette.colours.accent;
  context.lineWidth = 1.5;
  context.stroke();
  context.lineTo(Math.max(end, lastX2), bottom);
  context.lineTo(path[0] ?? 0, bottom);
  context.closePath();
  context.globalAlpha = 0.14;
  context.fillStyle = palette.colours.accent;
  context.fill();
  context.globalAlpha = 1;
}

/** From a compaction until the context was as full again: a line at that height, with how many turns it took where that can be written. */
function paintRefills(context: CanvasRenderingContext2D, palette: Palette, scene: Scene, view: Viewport, lane: number, yOf: (tokens: number) => number): void {
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'top';
  context.lineWidth = 1;
  for (const { from, to, tokens, turns } of scene.compacted.refills[lane] ?? []) {
    const x = xOf(view, from);
    const end = xOf(view, to);
    if (end < 0 || x > view.width || end - x < 4) continue;
    const y = Math.round(yOf(tokens)) + 0.5;
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
    const label = `full again after ${counted(turns, 'turn')}`;
    if (context.measureText(label).width + 16 > end - x) continue;
    context.fillStyle = palette.colours['ink-mute'];
    context.fillText(label, Math.max(x, 0) + 6, y + 3);
  }
}

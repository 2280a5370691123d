import { formatDuration } from '@/components/formats';
import type { FrameGap } from './frame';
import type { Palette } from './palette';
import { rulerTicks, type Clock } from './ruler';
import type { Viewport } from './viewport';

export const rulerHeight = 26;

/** Paints times along the top, and the true length of each folded gap, where there is room to write it. */
export function paintRuler(
  context: CanvasRenderingContext2D,
  palette: Palette,
  view: Viewport,
  gaps: readonly FrameGap[],
  clock: Clock,
  start: number,
): void {
  context.clearRect(0, 0, view.width, rulerHeight);
  context.font = `11px ${palette.font}`;
  context.textBaseline = 'middle';
  const free = gaps.map(({ x, width }) => ({ from: x, to: x + width }));
  for (const { x, label } of rulerTicks(view, clock, start)) {
    context.fillStyle = palette.colours['hairline-strong'];
    context.fillRect(Math.round(x), rulerHeight - 6, 1, 6);
    const end = x + 5 + context.measureText(label).width;
    if (end > view.width || free.some(({ from, to }) => end > from && x < to)) continue;
    context.fillStyle = palette.colours['ink-mute'];
    context.fillText(label, x + 4, rulerHeight / 2);
  }
  for (const { x, width, gap } of gaps) {
    context.fillStyle = palette.colours['paper-sunken'];
    context.fillRect(x, 0, width, rulerHeight);
    const label = formatDuration(gap.to - gap.from);
    const text = context.measureText(label).width;
    context.fillStyle = palette.colours['ink-soft'];
    if (text + 4 <= width) context.fillText(label, x + (width - text) / 2, rulerHeight / 2);
  }
}

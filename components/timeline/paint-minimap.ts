import { toneOf } from './drawn';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { foldedGaps } from './time-scale';
import { fullView, windowOf, xOf, type Viewport } from './viewport';

export const minimapHeight = 44;
const pad = 4;

/**
 * Paints every thread and turn of the tree, lane below lane, as small as necessary. It is painted when the tree or its
 * width changes, not during moves.
 */
export function paintMinimap(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  { scale, width }: Viewport,
): void {
  const view = fullView(scale, width);
  context.fillStyle = palette.colours['paper-sunken'];
  context.fillRect(0, 0, width, minimapHeight);
  context.fillStyle = palette.colours.paper;
  for (const gap of foldedGaps(scale))
    context.fillRect(xOf(view, gap.from), 0, Math.max(xOf(view, gap.to) - xOf(view, gap.from), 1), minimapHeight);
  const lanes = Math.max(scene.timeline.lanes.threadId.length, 1);
  const row = (minimapHeight - 2 * pad) / lanes;
  const grave: (() => void)[] = [];
  for (const item of scene.items.all) {
    const x = xOf(view, item.from);
    const end = Math.max(xOf(view, scene.items.to[item.index] ?? item.from), x + 1);
    const y = pad + item.lane * row;
    if (item.kind === 'thread') {
      context.fillStyle = palette.colours['hairline-strong'];
      context.fillRect(x, y, 1, Math.max(Math.min(row - 0.5, 6), 1));
      continue;
    }
    const paint = (): void => {
      context.fillStyle = palette.tones[toneOf(item)];
      context.fillRect(x, y, end - x, Math.max(Math.min(row - 0.5, 6), 1));
    };
    // Failures are painted last, over successes.
    if (toneOf(item) === 'good') paint();
    else grave.push(paint);
  }
  for (const paint of grave) paint();
}

/** Shades the part out of view. */
export function paintWindow(context: CanvasRenderingContext2D, palette: Palette, view: Viewport): void {
  const { from, to } = windowOf(view);
  context.globalAlpha = 0.62;
  context.fillStyle = palette.colours.paper;
  context.fillRect(0, 0, from, minimapHeight);
  context.fillRect(to, 0, view.width - to, minimapHeight);
  context.globalAlpha = 1;
  context.strokeStyle = palette.colours.accent;
  context.lineWidth = 1.5;
  context.strokeRect(from + 0.75, 0.75, Math.max(to - from - 1.5, 2), minimapHeight - 1.5);
  context.fillStyle = palette.colours.accent;
  for (const x of [from, to]) context.fillRect(x - 1.5, minimapHeight / 2 - 6, 3, 12);
}

import type { Frame } from './frame';
import { heights, partsOf, placeOfLane, type LaneLayout } from './lane-layout';
import type { LaneLink } from './links-between';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { xOf } from './viewport';

const looks = {
  spawn: { dash: [], colour: 'ink-mute' },
  child: { dash: [1, 3], colour: 'ink-mute' },
  fork: { dash: [6, 3], colour: 'accent' },
} as const;

/** Paints the lines from lane to lane that cross the view; those of one call are one. */
export function paintLinks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  layout: LaneLayout,
  frame: Frame,
  top: number,
): void {
  const drawn = new Set<string>();
  const middle = (place: number): number => {
    const lane = layout.lanes[place] ?? 0;
    return (layout.tops[place] ?? 0) - top + partsOf(scene, lane, layout.withContext).turns + heights.row / 2;
  };
  context.lineWidth = 1;
  for (const link of scene.links) {
    const from = placeOfLane(layout, link.from);
    const to = placeOfLane(layout, link.to);
    if (from < 0 || to < 0) continue;
    const start = (layout.tops[Math.min(from, to)] ?? 0) - top;
    const end = (layout.tops[Math.max(from, to) + 1] ?? 0) - top;
    if (end < 0 || start > frame.height) continue;
    paintLink(context, palette, frame, link, { from: middle(from), to: middle(to) }, drawn);
  }
  context.setLineDash([]);
}

function paintLink(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { view, height }: Frame,
  link: LaneLink,
  y: { readonly from: number; readonly to: number },
  drawn: Set<string>,
): void {
  const x = Math.round(xOf(view, link.at)) + 0.5;
  const childX = Math.max(xOf(view, link.begins), x);
  if (childX < -20 || x > view.width + 20) return;
  const { dash, colour } = looks[link.kind];
  context.setLineDash([...dash]);
  context.strokeStyle = palette.colours[colour];
  const clip = (value: number): number => Math.min(Math.max(value, -10), height + 10);
  // Siblings share the upright part of their lines: it reaches to the lowest of them in view.
  const upright = `${link.kind} ${link.from} ${x} ${Math.round(clip(y.to))}`;
  if (!drawn.has(upright)) {
    drawn.add(upright);
    context.beginPath();
    context.moveTo(x, clip(y.from));
    context.lineTo(x, clip(y.to));
    context.stroke();
  }
  if (y.to < -10 || y.to > height + 10 || childX - x < 1) return;
  context.beginPath();
  context.moveTo(x, y.to);
  context.lineTo(Math.min(childX, view.width + 20), y.to);
  context.stroke();
}

import { statusLook, type Mark } from '@/components/ui/status';
import { toneOf } from './drawn';
import type { Item } from './items';
import type { Palette } from './palette';

/** What a mark stands for is told by its outline, 12 wide and high: a fold for a compaction, a shield for the guardian, a ring for a hook, an arrow for a steer, a rhombus for a failure. */
export const outlines = {
  'compaction': 'M1 1.5h10L7.200 6 11 10.500H1L4.800 6Z',
  'guardian review': 'M6 .5 11 2.300v3.500c0 3-2 5-5 6-3-1-5-3-5-6V2.300Z',
  'hook run': 'M6 .7a5.300 5.300 0 1 0 0 10.600a5.300 5.300 0 1 0 0-10.600Z',
  'steer': 'M1.500 1 11 6 1.500 11 4 6Z',
  'turn': 'M6 .3 11.700 6 6 11.700.300 6Z',
} as const;
/** How it ended is told by the sign inside. */
const signs: Partial<Record<Mark, string>> = {
  check: 'M3.600 6.200 5.200 7.800 8.400 4.500', cross: 'm4.300 4.300 3.400 3.400m0-3.400L4.300 7.700', slash: 'M3.600 8.400 8.400 3.600', lock: 'M4 6h4v2.600H4ZM4.800 6V4.700a1.200 1.200 0 0 1 2.400 0V6',
  square: 'M4.300 4.300h3.400v3.400H4.300Z', clock: 'M6 3.400V6l1.800 1.200', pause: 'M4.900 4.200v3.600m2.200-3.600v3.600',
};

const paths = new Map<string, Path2D>();
function pathOf(text: string): Path2D {
  const known = paths.get(text) ?? new Path2D(text);
  paths.set(text, known);
  return known;
}

/** A mark with its top left corner at a point; hollow when its time is not its own. */
export function drawGlyph(context: CanvasRenderingContext2D, palette: Palette, item: Item, x: number, y: number, size: number): void {
  const outline = item.kind === 'turn' || item.kind === 'compaction' || item.kind === 'guardian review' || item.kind === 'hook run' || item.kind === 'steer' ? outlines[item.kind] : outlines['hook run'];
  const colour = item.kind === 'steer' && toneOf(item) === 'good' ? palette.colours['ink-soft'] : palette.tones[toneOf(item)];
  context.save();
  context.translate(x, y);
  context.scale(size / 12, size / 12);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  // A rim in the colour of the ground sets it off from what lies behind.
  context.lineWidth = 2.5;
  context.strokeStyle = palette.colours.paper;
  context.stroke(pathOf(outline));
  context.fillStyle = item.own ? colour : palette.colours.paper;
  context.fill(pathOf(outline));
  if (!item.own) {
    context.lineWidth = 1.2;
    context.strokeStyle = colour;
    context.setLineDash([2, 1.5]);
    context.stroke(pathOf(outline));
    context.setLineDash([]);
  }
  const sign = item.kind === 'steer' || (item.kind === 'compaction' && item.status === 'completed') ? undefined : signs[statusLook(item.status).mark];
  if (sign !== undefined) {
    context.lineWidth = 1.4;
    context.strokeStyle = item.own ? palette.colours.paper : colour;
    context.stroke(pathOf(sign));
  }
  context.restore();
}

import { formatInteger } from '@/components/formats';
import { toneOf, type Drawn } from './drawn';
import { innerTop, type Frame, type FrameLane } from './frame';
import { drawCount, drawGlyph, drawWords } from './glyphs';
import { lookOf, type Item } from './items';
import { heights } from './lane-layout';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { paintContext } from './paint-context';
import { paintForks } from './paint-forks';
import { xOf, type Viewport } from './viewport';

/** The marks beside the frame itself: the pointed and the selected item. */
export interface Emphasis {
  readonly isSelected: (item: Item) => boolean;
  readonly selectedLane: number | null;
  readonly pointed: Item | null;
}

/** Paints a frame from the ground up; `paintBetween` paints the layer between the ground and the turns. */
export function paintFrame(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  frame: Frame,
  emphasis: Emphasis,
  paintBetween: () => void,
): void {
  const { view, height } = frame;
  context.fillStyle = palette.colours.paper;
  context.fillRect(0, 0, view.width, height);
  for (const lane of frame.lanes) paintGround(context, palette, frame, lane, lane.lane === emphasis.selectedLane);
  paintGaps(context, palette, frame);
  for (const lane of frame.lanes) {
    paintStorms(context, palette, scene, frame, lane);
    paintLife(context, palette, scene, frame, lane);
    if (lane.parts.contextHeight === 0) continue;
    paintContext(context, palette, scene, frame, lane);
    nameStorms(context, palette, scene, frame, lane);
  }
  paintBetween();
  for (const drawn of frame.turns) paintTurn(context, palette, scene, frame, drawn);
  for (const drawn of frame.inner) paintInner(context, palette, drawn);
  for (const drawn of frame.threads) paintThread(context, palette, drawn);
  paintForks(context, palette, scene, frame);
  for (const drawn of frame.marks) paintMark(context, palette, drawn);
  for (const list of [frame.turns, frame.inner, frame.marks, frame.threads]) {
    for (const drawn of list) {
      if (drawn.items.some(emphasis.isSelected)) outline(context, drawn, palette.colours.accent);
      else if (drawn.shown === emphasis.pointed) outline(context, drawn, palette.colours['ink-mute']);
    }
  }
}

function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Drawn, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(x - 2, y - 2, width + 4, height + 4);
}

function paintGround(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { view }: Frame,
  { top, parts }: FrameLane,
  selected: boolean,
): void {
  if (selected) {
    context.fillStyle = palette.colours['accent-ground'];
    context.fillRect(0, top, view.width, parts.height);
  }
  context.fillStyle = palette.colours.hairline;
  context.fillRect(0, top + parts.height - 1, view.width, 1);
}

/** Paints folded gaps: columns with torn edges. */
function paintGaps(context: CanvasRenderingContext2D, palette: Palette, { gaps, height }: Frame): void {
  for (const { x, width } of gaps) {
    context.fillStyle = palette.colours['paper-sunken'];
    context.fillRect(x, 0, width, height);
    context.strokeStyle = palette.colours['hairline-strong'];
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    for (const edge of [x, x + width]) {
      context.moveTo(Math.round(edge) + 0.5, 0);
      context.lineTo(Math.round(edge) + 0.5, height);
    }
    context.stroke();
    context.setLineDash([]);
  }
}

/** Returns compactions that follow each other too closely, with their places on the screen. */
function* stormsInView(
  { compacted: { storms } }: Scene,
  view: Viewport,
  lane: number,
): Generator<{ readonly compactions: number; readonly x: number; readonly end: number }> {
  for (const { from, to, compactions } of storms[lane] ?? []) {
    const [x, end] = [xOf(view, from) - 7, xOf(view, to) + 7];
    if (end >= 0 && x <= view.width) yield { compactions, x, end };
  }
}

/** Paints the storms' own ground. */
function paintStorms(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  { view }: Frame,
  { lane, top, parts }: FrameLane,
): void {
  context.fillStyle = palette.storm;
  for (const { x, end } of stormsInView(scene, view, lane))
    context.fillRect(Math.max(x, -20), top + 1, Math.min(end, view.width + 20) - Math.max(x, -20), parts.height - 2);
}

/** Writes the names of storms over the lines of the context, which would strike the words out. */
function nameStorms(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  { view }: Frame,
  { lane, top, parts }: FrameLane,
): void {
  context.font = `600 10px ${palette.font}`;
  context.textBaseline = 'bottom';
  context.fillStyle = palette.tones.failure;
  for (const { compactions, x, end } of stormsInView(scene, view, lane)) {
    const label = `storm of ${formatInteger(compactions)}`;
    if (context.measureText(label).width + 8 <= end - x)
      drawWords(context, palette, label, Math.max(x, 0) + 4, top + parts.height - 2);
  }
}

/** Paints a thread from its first to its last moment. */
function paintLife(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: Scene,
  { view }: Frame,
  { lane, top, parts }: FrameLane,
): void {
  const y = Math.round(top + parts.turns + heights.row / 2) + 0.5;
  const line = (from: number, to: number, dash: readonly number[]): void => {
    if (Number.isNaN(from)) return;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(Math.max(xOf(view, from), -5), y);
    context.lineTo(Math.min(xOf(view, to), view.width + 5), y);
    context.stroke();
    context.setLineDash([]);
  };
  context.lineWidth = 1;
  context.strokeStyle = palette.colours['hairline-strong'];
  line(scene.own.from[lane] ?? Number.NaN, scene.own.to[lane] ?? Number.NaN, []);
}

function paintTurn(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { timeline: { turns } }: Scene,
  { inner, view }: Frame,
  drawn: Drawn,
): void {
  const { x, y, width, height, shown } = drawn;
  const tone = toneOf(shown);
  // A bar may be millions of pixels long; patterns and dashes should not be.
  const left = Math.max(x, -20);
  const right = Math.min(x + width, 10_000);
  if (!shown.own) {
    context.fillStyle = palette.colours.paper;
    context.fillRect(left, y, right - left, height);
    context.strokeStyle = palette.tones[tone];
    context.lineWidth = 1.25;
    context.setLineDash([3, 2]);
    context.strokeRect(left + 0.5, y + 0.5, Math.max(right - left - 1, 1), height - 1);
    context.setLineDash([]);
    return;
  }
  if (width < roomForParts || inner.length === 0) {
    context.fillStyle = palette.fills[tone];
    context.fillRect(left, y, right - left, height);
    return;
  }
  context.fillStyle = palette.colours['paper-sunken'];
  context.fillRect(left, y, right - left, height);
  // Only the beginning and the end of a turn's work have places of their own: the rest is in the calls, or unknown.
  const [before, after] = [
    turns.beforeFirstSamplingMs[shown.record] ?? 0,
    turns.afterLastSamplingMs[shown.record] ?? 0,
  ].map((length) => length * view.perMs);
  context.fillStyle = palette.colours.hairline;
  for (const [at, part] of [
    [x, before ?? 0],
    [x + width - (after ?? 0), after ?? 0],
  ] as const) {
    const from = Math.max(at, -20);
    if (part >= 1) context.fillRect(from, y, Math.min(at + part, 10_000) - from, height);
  }
  context.fillStyle = palette.fills[tone];
  context.fillRect(left, y, right - left, innerTop - 1);
  context.fillRect(left, y + height - 1, right - left, 1);
}
/** Narrower turns are drawn as a whole, without their parts. */
export const roomForParts = 24;

function paintInner(context: CanvasRenderingContext2D, palette: Palette, { x, y, width, height, shown }: Drawn): void {
  const left = Math.max(x, -20);
  const right = Math.min(x + width, 10_000);
  const tone = toneOf(shown);
  const { inner } = lookOf(shown.kind);
  if (inner === 'tick') {
    context.fillStyle = palette.colours['ink-mute'];
    context.fillRect(left, y + 1, 1.5, height - 2);
    return;
  }
  if (inner === 'box') {
    const colour = tone === 'good' ? palette.colours['ink-soft'] : palette.fills[tone];
    context.fillStyle = colour;
    context.fillRect(left, y, Math.max(right - left - 0.5, 1), height);
    context.fillStyle = palette.colours.paper;
    if (right - left > 3) context.fillRect(left + 1, y + 1, right - left - 2.5, height - 2);
    return;
  }
  context.fillStyle =
    inner === 'band' ? palette.fills.late : tone === 'good' ? palette.colours['ink-soft'] : palette.fills[tone];
  const [top, high] = inner === 'band' ? [y + height - 3, 3] : [y, inner === 'nested' ? height : height - 3];
  context.fillRect(left, top, Math.max(right - left - 0.5, 1), high);
}

function paintThread(context: CanvasRenderingContext2D, palette: Palette, { x, y, width, shown }: Drawn): void {
  const radius = width / 2 - 1;
  context.beginPath();
  context.arc(x + width / 2, y + width / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = shown.own ? palette.colours['ink-soft'] : palette.colours.paper;
  context.fill();
  context.lineWidth = 1.25;
  context.strokeStyle = palette.colours['ink-soft'];
  context.setLineDash(shown.own ? [] : [2, 1.5]);
  context.stroke();
  context.setLineDash([]);
}

function paintMark(context: CanvasRenderingContext2D, palette: Palette, { x, y, width, items, shown }: Drawn): void {
  drawGlyph(context, palette, shown, x, y, width);
  if (items.length > 1) drawCount(context, palette, items.length, x + width + 2, y + width / 2);
}

import { forkName } from './describe';
import type { Frame, FrameLane } from './frame';
import { heights } from './lane-layout';
import type { Palette } from './palette';
import type { Scene } from './scene';

/** A longer name beside a fork is cut, in pixels. */
const widestName = 200;
const arrow = 3;

/**
 * Paints forks that lead out of the tree: a line between the edge of the lane and its turns, with the name of the other
 * thread where there is room for it.
 */
export function paintForks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { timeline: { forks } }: Scene,
  { lanes, marks, view }: Frame,
): void {
  if (forks.lane.length === 0) return;
  const laneOf = new Map(lanes.map((lane) => [lane.lane, lane]));
  context.font = `10px ${palette.font}`;
  context.textBaseline = 'middle';
  for (const [index, { items, x, y, width }] of marks.entries()) {
    const fork = items.find(({ kind }) => kind === 'fork');
    const lane = fork && laneOf.get(fork.lane);
    if (!fork || !lane) continue;
    const isSource = forks.relation[fork.record] === 'source';
    paintLine(context, palette, lane, x + width / 2, isSource);
    const next = marks[index + 1];
    const room = Math.min((next?.items[0]?.lane === fork.lane ? next.x : view.width) - x - width - 10, widestName);
    if (items.length > 1 || room < 40) continue;
    context.fillStyle = palette.colours['ink-soft'];
    context.fillText(
      cut(context, `${isSource ? 'from' : 'to'} ${forkName(forks, fork.record)}`, room),
      x + width + 5,
      y + width / 2,
    );
  }
}

/** Paints a line from a source to the turns, or from the turns to a fork. */
function paintLine(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { top, parts }: FrameLane,
  x: number,
  isSource: boolean,
): void {
  const from = top + 1;
  const to = top + parts.turns + heights.row / 2;
  context.strokeStyle = palette.colours.accent;
  context.lineWidth = 1.25;
  context.setLineDash([4, 2]);
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to);
  context.stroke();
  context.setLineDash([]);
  const [tip, back] = isSource ? [to, to - arrow] : [from, from + arrow];
  context.beginPath();
  context.moveTo(x - arrow, back);
  context.lineTo(x, tip);
  context.lineTo(x + arrow, back);
  context.stroke();
}

function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = Math.min(text.length, room);
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return `${text.slice(0, length).trimEnd()}…`;
}

import { formatInteger } from '@/components/formats';
import { statusLook, type Mark } from '@/components/ui/status';
import { toneOf } from './drawn';
import { markOf, type Item } from './items';
import type { Palette } from './palette';

/** The sign inside shows the outcome. */
const signs: Partial<Record<Mark, string>> = {
  check: 'M3.600 6.200 5.200 7.800 8.400 4.500',
  cross: 'm4.300 4.300 3.400 3.400m0-3.400L4.300 7.700',
  slash: 'M3.600 8.400 8.400 3.600',
  lock: 'M4 6h4v2.600H4ZM4.800 6V4.700a1.200 1.200 0 0 1 2.400 0V6',
  square: 'M4.300 4.300h3.400v3.400H4.300Z',
  clock: 'M6 3.400V6l1.800 1.200',
  pause: 'M4.900 4.200v3.600m2.200-3.600v3.600',
};

const paths = new Map<string, Path2D>();
function pathOf(text: string): Path2D {
  const known = paths.get(text) ?? new Path2D(text);
  paths.set(text, known);
  return known;
}

/** Room about a mark for its rim, of 12. */
const rim = 2;
const colourOf = (palette: Palette, item: Item): string => {
  const tone = toneOf(item);
  const colour = markOf(item)?.colour;
  return colour !== undefined && tone === 'good' ? palette.colours[colour] : palette.tones[tone];
};

function paintGlyph(context: CanvasRenderingContext2D, palette: Palette, item: Item): void {
  const outline = outlineOf(item);
  const colour = colourOf(palette, item);
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
  const sign = signOf(item);
  if (sign !== undefined) {
    context.lineWidth = 1.4;
    context.strokeStyle = item.own ? palette.colours.paper : colour;
    context.stroke(pathOf(sign));
  }
}

function signOf(item: Item): string | undefined {
  const unsigned = markOf(item)?.unsigned;
  return unsigned === 'always' || unsigned?.some((status) => status === item.status)
    ? undefined
    : signs[statusLook(item.status).mark];
}
const outlineOf = (item: Item): string => markOf(item)?.outline ?? '';

/**
 * Marks as pictures: a few kinds of them are drawn a thousand times a second, and copying is far faster than drawing
 * their curves.
 */
const pictures = new WeakMap<Palette, Map<string, HTMLCanvasElement>>();
/** Far more than there are kinds of marks; counts on them have no limit. */
const mostPictures = 500;

/**
 * Returns the picture of that name, made on first use. The size is in pixels of the page, the sharpness that of the
 * screen.
 */
function pictureOf(
  palette: Palette,
  name: string,
  width: number,
  height: number,
  paint: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const ratio = window.devicePixelRatio || 1;
  const known = pictures.get(palette) ?? new Map<string, HTMLCanvasElement>();
  pictures.set(palette, known);
  const key = `${ratio} ${name}`;
  const made = known.get(key);
  if (made) return made;
  const picture = document.createElement('canvas');
  picture.width = Math.ceil(width * ratio);
  picture.height = Math.ceil(height * ratio);
  const context = picture.getContext('2d');
  context?.scale(ratio, ratio);
  if (context) paint(context);
  if (known.size >= mostPictures) known.clear();
  known.set(key, picture);
  return picture;
}

/** Copies a picture to a point, aligned to whole pixels of the screen. */
function copy(context: CanvasRenderingContext2D, picture: HTMLCanvasElement, x: number, y: number): void {
  const ratio = window.devicePixelRatio || 1;
  context.drawImage(
    picture,
    Math.round(x * ratio) / ratio,
    Math.round(y * ratio) / ratio,
    picture.width / ratio,
    picture.height / ratio,
  );
}

/** Draws a mark with its top left corner at a point; hollow when its time is not its own. */
export function drawGlyph(
  context: CanvasRenderingContext2D,
  palette: Palette,
  item: Item,
  x: number,
  y: number,
  size: number,
): void {
  const unit = size / 12;
  const side = (12 + 2 * rim) * unit;
  const picture = pictureOf(
    palette,
    `${size} ${outlineOf(item)} ${colourOf(palette, item)} ${item.own} ${signOf(item) ?? ''}`,
    side,
    side,
    (paper) => {
      paper.scale(unit, unit);
      paper.translate(rim, rim);
      paintGlyph(paper, palette, item);
    },
  );
  copy(context, picture, x - rim * unit, y - rim * unit);
}

/** Writes words with a rim of the ground's colour, so that lines behind them do not strike them out. */
export function drawWords(
  context: CanvasRenderingContext2D,
  palette: Palette,
  words: string,
  x: number,
  y: number,
): void {
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = palette.colours.paper;
  context.strokeText(words, x, y);
  context.fillText(words, x, y);
}

const countHeight = 14;
/** Writes the number of items in one place, to the right of a point; the point is halfway up. */
export function drawCount(
  context: CanvasRenderingContext2D,
  palette: Palette,
  count: number,
  x: number,
  y: number,
): void {
  const text = formatInteger(count);
  const font = `600 10px ${palette.font}`;
  const picture = pictureOf(palette, `count ${text}`, text.length * 8 + 4, countHeight, (paper) => {
    paper.font = font;
    paper.textBaseline = 'middle';
    paper.fillStyle = palette.colours.ink;
    drawWords(paper, palette, text, 2, countHeight / 2);
  });
  copy(context, picture, x - 2, y - countHeight / 2);
}

import { hatching } from '@/components/charts/patterns';
import { tones, type Tone } from '@/components/ui/status';

/**
 * The current colours of `app/theme.css` for a canvas, and the hatching of each status, so that no status depends on
 * colour alone.
 */
export interface Palette {
  readonly colours: Readonly<Record<Colour, string>>;
  readonly tones: Readonly<Record<Tone, string>>;
  readonly fills: Readonly<Record<Tone, CanvasPattern | string>>;
  /** The ground of a storm of compactions. */
  readonly storm: CanvasPattern | string;
  readonly font: string;
}
const colours = [
  'paper',
  'paper-raised',
  'paper-sunken',
  'ink',
  'ink-soft',
  'ink-mute',
  'hairline',
  'hairline-strong',
  'accent',
  'accent-ground',
] as const;
type Colour = (typeof colours)[number];

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const named = { ...Object.fromEntries(colours.map((name) => [name, read(name)])) };
  const toned = Object.fromEntries(tones.map((tone) => [tone, read(`tone-${tone}`)]));
  const colour = (name: Colour): string => named[name] ?? '';
  const tone = (name: Tone): string => toned[name] ?? '';
  return {
    colours: {
      paper: colour('paper'),
      'paper-raised': colour('paper-raised'),
      'paper-sunken': colour('paper-sunken'),
      ink: colour('ink'),
      'ink-soft': colour('ink-soft'),
      'ink-mute': colour('ink-mute'),
      hairline: colour('hairline'),
      'hairline-strong': colour('hairline-strong'),
      accent: colour('accent'),
      'accent-ground': colour('accent-ground'),
    },
    tones: byTone(tone),
    fills: byTone((name) => hatched(name, tone(name), colour('paper'))),
    storm: stormy(tone('failure')),
    font: style.fontFamily,
  };
}

const byTone = <T>(of: (tone: Tone) => T): Readonly<Record<Tone, T>> => ({
  good: of('good'),
  failure: of('failure'),
  refusal: of('refusal'),
  ended: of('ended'),
  late: of('late'),
  cancelled: of('cancelled'),
  unknown: of('unknown'),
});

/** Returns the same hatching as in charts. */
function hatched(tone: Tone, colour: string, paper: string): CanvasPattern | string {
  if (hatching[tone] === '') return colour;
  const tile = document.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const context = tile.getContext('2d');
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 6, 6);
  context.strokeStyle = paper;
  context.globalAlpha = 0.6;
  context.lineWidth = tone === 'refusal' || tone === 'unknown' ? 1.6 : 1;
  context.lineCap = 'round';
  context.stroke(new Path2D(hatching[tone]));
  return context.createPattern(tile, 'repeat') ?? colour;
}

function stormy(colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const context = tile.getContext('2d');
  if (!context) return 'transparent';
  context.globalAlpha = 0.28;
  context.strokeStyle = colour;
  context.stroke(new Path2D('M-2 2 2-2M0 8 8 0M6 10 10 6'));
  return context.createPattern(tile, 'repeat') ?? 'transparent';
}

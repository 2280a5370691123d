import { foldedGaps } from './time-scale.ts';
import { spanOf, xOf, type Viewport } from './viewport.ts';

/** The clocks of the ruler: UTC, the time of this computer, or the time since the first moment. */
export const clocks = ['utc', 'local', 'relative'] as const;
export type Clock = (typeof clocks)[number];

export interface Tick {
  readonly x: number;
  readonly label: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  28 * day,
  91 * day,
  364 * day,
];
/** The distance at which labels do not touch, in pixels. */
const apart = 86;

/** Returns the offset to add to a time so that its UTC form reads as the clock says. */
export function offsetOf(clock: Clock, time: number, start: number): number {
  if (clock === 'relative') return -start;
  return clock === 'local' ? -new Date(time).getTimezoneOffset() * minute : 0;
}

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/**
 * Returns a time as a clock shows it, as exact as the step of its ruler: `13:20`, `13:20:05`, `13:20:05.250`; at
 * midnight, the day.
 */
export function clockLabel(clock: Clock, time: number, start: number, step: number): string {
  if (clock === 'relative') return sinceLabel(time - start, step);
  const shown = new Date(time + offsetOf(clock, time, start));
  const ofDay = ((shown.getTime() % day) + day) % day;
  if (step >= day || (ofDay === 0 && step >= second))
    return `${shown.getUTCDate()} ${months[shown.getUTCMonth()] ?? ''}${step >= 28 * day ? ` ${shown.getUTCFullYear()}` : ''}`;
  const clockText = `${pad(shown.getUTCHours())}:${pad(shown.getUTCMinutes())}`;
  if (step >= minute) return clockText;
  return `${clockText}:${pad(shown.getUTCSeconds())}${step < second ? `.${pad(shown.getUTCMilliseconds(), 3)}` : ''}`;
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Returns the time since the beginning: `+2:05 min`, `+1:02:05 h`, `+3 d 4 h`, `+250 ms`. */
export function sinceLabel(milliseconds: number, step: number): string {
  const sign = milliseconds < 0 ? '\u2212' : '+';
  const length = Math.abs(milliseconds);
  if (length === 0) return '0';
  if (length < second) return `${sign}${length} ms`;
  const seconds = Math.floor(length / second);
  const parts = step < second ? `.${pad(length % second, 3)}` : '';
  if (length < minute) return `${sign}${seconds}${parts} s`;
  if (length < hour) return `${sign}${Math.floor(seconds / 60)}:${pad(seconds % 60)}${parts} min`;
  if (length < day)
    return `${sign}${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}${step < minute ? `:${pad(seconds % 60)}${parts}` : ''} h`;
  const hours = Math.floor(seconds / 3600) % 24;
  return `${sign}${Math.floor(length / day)} d${step < day ? ` ${hours}:${pad(Math.floor(seconds / 60) % 60)}${step < minute ? `:${pad(seconds % 60)}${parts}` : ''}` : ''}`;
}

/**
 * Returns the marks of the ruler in view, at round times of its clock, never closer than their labels are wide, and
 * none within a folded gap.
 */
export function rulerTicks(view: Viewport, clock: Clock, start: number): Tick[] {
  const step = steps.find((each) => each * view.perMs >= apart) ?? 364 * day;
  const { from, to } = spanOf(view);
  const ticks: Tick[] = [];
  let last = Number.NEGATIVE_INFINITY;
  const gaps = foldedGaps(view.scale);
  const ends = [...gaps.map((gap) => gap.from), Number.POSITIVE_INFINITY];
  for (const [index, end] of ends.entries()) {
    const begin = Math.max(from, gaps[index - 1]?.to ?? Number.NEGATIVE_INFINITY);
    const stop = Math.min(to, end);
    if (begin > stop) continue;
    const offset = offsetOf(clock, begin, start);
    for (let time = Math.ceil((begin + offset) / step) * step - offset; time <= stop; time += step) {
      const x = xOf(view, time);
      if (x - last < apart) continue;
      ticks.push({ x, label: clockLabel(clock, time, start, step) });
      last = x;
    }
  }
  return ticks;
}

/**
 * The format of every figure, size, duration and time. Numbers and times are written for `en` and UTC so that the
 * server and the browser write the same text.
 */
const minus = '\u2212';
const thin = '\u202f';
const signed = (text: string): string => text.replace('-', minus);

const integerFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const shortFormat = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const shareFormat = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Every digit, with thousands separated. */
export const formatInteger = (value: number): string => signed(integerFormat.format(value));

const steps = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
/** Three significant digits with k, M, G or T; below 10,000 every digit. */
export function formatShort(value: number): string {
  if (Math.abs(value) < 10_000) return formatInteger(value);
  for (const [size, unit] of steps)
    if (Math.abs(value) >= size * 0.9995) return `${signed(shortFormat.format(value / size))}${thin}${unit}`;
  return formatInteger(value);
}

/** Returns a share of one as a percentage; null when the total is zero. */
export const formatShare = (part: number, total: number): string | null =>
  total === 0 ? null : signed(shareFormat.format(part / total));

const binarySteps = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
] as const;
export function formatBytes(value: number): string {
  for (const [size, unit] of binarySteps) if (value >= size) return `${shortFormat.format(value / size)} ${unit}`;
  return `${formatInteger(value)} ${value === 1 ? 'byte' : 'bytes'}`;
}

/** Returns a length of time in two units, without the smaller one when it is zero. */
const pair = (large: string, small: number, unit: string): string =>
  small === 0 ? large : `${large} ${String(small).padStart(2, '0')} ${unit}`;
/** Milliseconds as a length of time in its two largest units. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `${minus}${formatDuration(-milliseconds)}`;
  if (milliseconds < 1000) return `${formatInteger(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1).replace('.0', '')} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return pair(`${minutes} min`, Math.round(seconds) % 60, 's');
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? pair(`${hours} h`, minutes % 60, 'min')
    : pair(`${formatInteger(Math.floor(hours / 24))} d`, hours % 24, 'h');
}

/** `2026-11-22 11:58:27` in UTC, from an ISO time. */
export const formatTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
/** `22 Nov 11:58:27` in UTC for a time of this year, else with the year. */
export const formatShortTime = (iso: string): string =>
  iso.slice(0, 4) === String(new Date().getUTCFullYear())
    ? `${dayFormat.format(new Date(iso))} ${iso.slice(11, 19)}`
    : formatTime(iso);

/** `22 Nov` in UTC for a time of this year, else `2025-11-22`. */
export const formatDay = (iso: string): string =>
  iso.slice(0, 4) === String(new Date().getUTCFullYear()) ? dayFormat.format(new Date(iso)) : iso.slice(0, 10);
/**
 * The label in UTC of a time on an axis whose steps are `width` ms: `11:58:27`, `11:58` for steps of minutes, with the
 * day before it unless all of the axis is on `oneDay`, and the date alone for steps of days.
 */
export function formatTick(
  iso: string,
  { width, oneDay }: { readonly width: number; readonly oneDay: boolean },
): string {
  if (width >= 86_400_000) return iso.slice(0, 10);
  const clock = width >= 60_000 ? iso.slice(11, 16) : iso.slice(11, 19);
  return oneDay ? clock : `${formatDay(iso)} ${clock}`;
}
/** `11:58:27` in UTC. */
export const formatClock = (iso: string): string => iso.slice(11, 19);

const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const spans = [
  [365 * 86_400, 'year'],
  [30 * 86_400, 'month'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;
/** Returns the distance of an ISO time from now: "ago" or "in". */
export function formatRelative(iso: string): string {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  for (const [size, unit] of spans)
    if (Math.abs(seconds) >= size) return relativeFormat.format(Math.trunc(seconds / size), unit);
  return 'now';
}

/** Returns the beginning of an id, and for a UUIDv7 also its random tail, so that ids of the same second differ. */
export function shortId(id: string): string {
  if (id.length <= 14) return id;
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/i.test(id) ? `${id.slice(0, 8)}\u2026${id.slice(-4)}` : `${id.slice(0, 12)}\u2026`;
}

/** Writes a count with its unit, which is given in the plural: `2 tokens saved`, `1 token saved`. */
export const countText = (count: number, units: string): string =>
  `${formatInteger(count)} ${count === 1 ? units.replace(/(\w\w)s\b/, '$1') : units}`;

/** Writes a count with its noun: `1 thread`, `2 threads`. */
export const pluralize = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatInteger(count)} ${count === 1 ? noun : plural}`;

/**
 * What a record of the collector begins with: `INFO | 2026-04-09 17:35:50 | logger | function:line | `, and then its
 * message. Its two spellings: `Tracked analytics event NAME key=value …` (pairs) and the later `Tracked NAME event
 * params={…}` (a Python literal).
 */
export type Header =
  | {
      readonly kind: 'pairs' | 'literal';
      /** The event's name. */ readonly type: string;
      /** The line's clock read as if it were UTC, ms. */ readonly receivedAt: number | null;
      /** Where the pairs or the literal begin. */ readonly end: number;
    }
  /** More of it may come on the next line. `isTracked`: its message begins like that of an event. */
  | { readonly kind: 'open'; readonly isTracked: boolean }
  /** The record of another logger. */
  | { readonly kind: 'foreign' };

const withDate = /^ *[A-Z]+ *\| +\d{4}-\d\d-\d\d(?: *$| +\d\d:\d\d:\d\d)/;
const levels = 'TRACE|DEBUG|INFO|SUCCESS|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL';
/** The beginning of a record that stands on a line behind something else: as the source of a pattern. */
export const collectorHeader = String.raw`(?:${levels}) *\| +\d{4}-\d\d-\d\d +\d\d:\d\d:\d\d[^|]{0,12}\|`;
/**
 * A line broken right behind the bar could also be the end of a record, `… ABC |`: only the levels that loggers have
 * count there.
 */
const levelAlone = new RegExp(String.raw`^ *(?:${levels}) *\| *$`);

/**
 * Whether a line begins a record in the collector's layout, whoever logged it; its header may itself be broken over
 * lines, but not before the first bar. Cheap: other lines differ within a few characters.
 */
export const beginsCollectorRecord = (text: string): boolean => withDate.test(text) || levelAlone.test(text);

const fields = /^ *[A-Z]+ *\| +(\d{4}-\d\d-\d\d) +(\d\d:\d\d:\d\d)(?:[.,](\d{1,3})\d*)? *\|[^|]*\|[^|]*\| */;
const event = /Tracked +(?:(\S+) +event +params=|analytics +event +(\S+)(?: +|$))/y;
/** How much of a message is looked at to tell whether it could become an event's: no event's name is as long. */
const messageLength = 1000;

function clockOf(date: string | undefined, time: string | undefined, fraction = '0'): number | null {
  const milliseconds = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0')}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** Reads the header with which the text begins. Linear. */
export function readHeader(text: string): Header {
  const found = fields.exec(text);
  if (!found) return text.split('|', 5).length > 4 ? { kind: 'foreign' } : { kind: 'open', isTracked: false };
  const [whole, date, time, fraction] = found;
  event.lastIndex = whole.length;
  const message = event.exec(text);
  if (message) {
    const [said, literal, pairs = ''] = message;
    return {
      kind: literal === undefined ? 'pairs' : 'literal',
      type: literal ?? pairs,
      receivedAt: clockOf(date, time, fraction),
      end: whole.length + said.length,
    };
  }
  const [first = '', , noun = 'event', further] = text
    .slice(whole.length, whole.length + messageLength)
    .trim()
    .split(/ +/, 4);
  const isTracked = first === 'Tracked' && noun === 'event' && further === undefined;
  return isTracked || first === '' ? { kind: 'open', isTracked } : { kind: 'foreign' };
}

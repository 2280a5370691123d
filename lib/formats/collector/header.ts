/**
 * The beginning of a collector's record: `INFO | 2026-04-09 17:35:50 | logger | function:line | `, then its message. It
 * has two spellings: `Tracked analytics event NAME key=value …` (pairs) and the later `Tracked NAME event params={…}`
 * (a Python literal).
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
/** The pattern source for the beginning of a record that follows something else on a line. */
export const collectorHeader = String.raw`(?:${levels}) *\| +\d{4}-\d\d-\d\d +\d\d:\d\d:\d\d[^|]{0,12}\|`;
/**
 * A line broken right after the bar could also be the end of a record, `… ABC |`: only the levels of loggers count
 * there.
 */
const levelAlone = new RegExp(String.raw`^ *(?:${levels}) *\| *$`);

/**
 * Tells if a line begins a record in the collector's layout, whoever logged it. Its header may be broken over lines,
 * but not before the first bar. Cheap: other lines differ within a few characters.
 */
export const beginsCollectorRecord = (text: string): boolean => withDate.test(text) || levelAlone.test(text);

const fields = /^ *[A-Z]+ *\| +(\d{4}-\d\d-\d\d) +(\d\d:\d\d:\d\d)(?:[.,](\d{1,3})\d*)? *\|[^|]*\|[^|]*\| */;
const event = /Tracked +(?:(\S+) +event +params=|analytics +event +(\S+)(?: +|$))/y;
/** How much of a message is looked at to tell if it may become an event's: every event name is shorter. */
const messageLength = 1000;

function clockOf(date: string | undefined, time: string | undefined, fraction = '0'): number | null {
  const milliseconds = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0')}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** Reads the header at the beginning of the text. Linear. */
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

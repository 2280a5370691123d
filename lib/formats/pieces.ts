import { collectorHeader } from './collector/header.ts';

/**
 * A piece of a line that is not one JSON value; pieces come in order, without gaps. `whole` is a complete JSON value,
 * `collector` the text from a collector's header to the end of the line, and `torn` neither.
 */
export interface Piece {
  readonly kind: 'whole' | 'collector' | 'torn';
  readonly text: string;
}

const space = 32,
  quote = 34,
  comma = 44,
  colon = 58,
  openBracket = 91,
  backslash = 92,
  closeBracket = 93,
  openBrace = 123,
  closeBrace = 125;
const isSpace = (code: number): boolean => code === space || code === 10 || code === 13 || code === 9;

/** Returns the position after the string at `from`, or -1 when it does not end. */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = at;
    while (text.charCodeAt(escapes - 1) === backslash) escapes--;
    if (((at - escapes) & 1) === 0) return at + 1;
  }
  return -1;
}

function isBlank(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

/**
 * A string is followed by one of these. When it was cut off, the quote that ends it may begin a key, and letters
 * follow.
 */
const mayFollowString = (code: number): boolean =>
  code === comma || code === colon || code === closeBrace || code === closeBracket || isSpace(code);

/**
 * Tells by brackets and strings if a text is one JSON object or list from beginning to end. A text that was cut off
 * never is, whatever record follows it, and neither are two. Several times as fast as parsing, and without copies: most
 * lines of a rollout are long texts that nobody needs.
 */
export function isOneValue(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = stringEnd(text, at);
      if (at < 0 || !mayFollowString(text.charCodeAt(at))) return false;
      continue;
    }
    if (code === openBrace || code === openBracket) depth++;
    else if (code === closeBrace || code === closeBracket) {
      if (--depth <= 0) return depth === 0 && isBlank(text, at + 1);
    } else if (depth === 0 && !isSpace(code)) return false;
    at++;
  }
  return false;
}

/** Where a value ends; or where it stops being JSON: the end of the text if it is only incomplete. */
type Extent = { readonly end: number } | { readonly breaksAt: number };

const scalar = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/** Finds the extent of the object or list at `from` by the grammar of JSON. Iterative, one pass. */
function extentOf(text: string, from: number): Extent {
  const closers: number[] = [];
  let expected: Expected = 'value';
  /** The beginning of the last string: if it was cut off, the next record's first quote ended it. */
  let lastString = -1;
  for (let at = from; at < text.length;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at++;
      continue;
    }
    const wantsValue: boolean = expected === 'value' || expected === 'value or end';
    const wantsKey: boolean = expected === 'key' || expected === 'key or end';
    if (code === quote && (wantsValue || wantsKey)) {
      lastString = at;
      at = stringEnd(text, at);
      if (at < 0) return { breaksAt: text.length };
      expected = wantsKey ? 'colon' : 'comma or end';
      continue;
    }
    const stringBegan = lastString;
    lastString = -1;
    if (wantsValue && (code === openBrace || code === openBracket)) {
      closers.push(code === openBrace ? closeBrace : closeBracket);
      expected = code === openBrace ? 'key or end' : 'value or end';
    } else if (
      code === closers.at(-1) &&
      (expected === 'comma or end' || expected === 'key or end' || expected === 'value or end')
    ) {
      closers.pop();
      if (closers.length === 0) return { end: at + 1 };
      expected = 'comma or end';
    } else if (code === comma && expected === 'comma or end')
      expected = closers.at(-1) === closeBrace ? 'key' : 'value';
    else if (code === colon && expected === 'colon') expected = 'value';
    else {
      scalar.lastIndex = at;
      if (!wantsValue || !scalar.test(text)) return { breaksAt: stringBegan < 0 ? at : stringBegan + 1 };
      at = scalar.lastIndex;
      expected = 'comma or end';
      continue;
    }
    at++;
  }
  return { breaksAt: text.length };
}

/** The first members of records, in any order of members. */
const firstMembers =
  'timestamp|ordinal|type|payload|events|event_type|event_params|record_type|recorded_at_epoch_millis|id';
const beginning = new RegExp(String.raw`\{\s*"(?:${firstMembers})"\s*:|${collectorHeader}`, 'g');
/**
 * Records that never stand within another one. Other objects do: at the end of a record that was cut off they are most
 * likely a part of it.
 */
const outermost = /\{"(?:timestamp":"[^"\\]{0,64}","(?:ordinal|type)"|events":\[|record_type":")/y;
/** The characters that may follow an object within another value. */
const goesOn = /[\s\0]*[,:\]}]/y;

const matchesAt = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

/**
 * The search for the beginnings of records may read the text this many times: honest texts need far less, and hostile
 * ones cost no more.
 */
const mostLooks = 8;

/** Finds the next record after a place where no whole one begins. */
class Search {
  readonly #text: string;
  #left: number;

  constructor(text: string) {
    this.#text = text;
    this.#left = mostLooks * text.length;
  }

  /**
   * Finds the next record after `from`, where the text `breaksAt`. Before that place only records count that never
   * stand within others.
   */
  next(
    from: number,
    breaksAt: number,
  ): { readonly kind: 'whole' | 'collector'; readonly start: number; readonly end: number } | null {
    const text = this.#text;
    const isRollout = text.startsWith('{"timestamp":"', from);
    let breaks = breaksAt;
    beginning.lastIndex = from + 1;
    for (let match = beginning.exec(text); match && this.#left > 0; match = beginning.exec(text)) {
      const start = match.index;
      // It may begin within a false beginning.
      beginning.lastIndex = start + 1;
      if (!match[0].startsWith('{')) {
        // In a rollout, the outputs of tools may be the log of a collector.
        if (!isRollout) return { kind: 'collector', start, end: text.length };
      } else if (start >= breaks || matchesAt(outermost, text, start)) {
        const extent = extentOf(text, start);
        this.#left -= ('end' in extent ? extent.end : extent.breaksAt) - start;
        if ('end' in extent && !matchesAt(goesOn, text, extent.end)) return { kind: 'whole', start, end: extent.end };
        // A part of something, or also torn: objects within it are no records.
        if ('end' in extent) beginning.lastIndex = extent.end;
        else {
          breaks = Math.max(breaks, extent.breaksAt);
          beginning.lastIndex = start + 1;
        }
      }
    }
    return null;
  }
}

/**
 * Splits a line that is not one JSON value. A process that dies in the middle of a record leaves a part of it without a
 * line break, and the next one writes its first record right after it; others lose a line break, or leave zeros. Linear
 * in the text.
 */
export function* piecesOf(text: string): Generator<Piece> {
  const search = new Search(text);
  for (let at = 0; !isBlank(text, at);) {
    while (isSpace(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    const extent: Extent = code === openBrace || code === openBracket ? extentOf(text, at) : { breaksAt: at };
    if ('end' in extent) {
      yield { kind: 'whole', text: text.slice(at, extent.end) };
      at = extent.end;
      continue;
    }
    const next = search.next(at - (code === openBrace || code === openBracket ? 0 : 1), extent.breaksAt);
    if (next?.start !== at) yield { kind: 'torn', text: text.slice(at, next?.start) };
    if (!next) return;
    yield { kind: next.kind, text: text.slice(next.start, next.end) };
    at = next.end;
  }
}

/** Positions in a JSON text that is known to be valid. Iterative, one pass, linear in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const quote = 34,
  comma = 44,
  openBracket = 91,
  backslash = 92,
  closeBracket = 93,
  openBrace = 123,
  closeBrace = 125;
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

const skipSpace = (text: string, from: number): number => {
  let index = from;
  while (isSpace(text.charCodeAt(index))) index++;
  return index;
};

/** Returns the position after the string at `from`. */
function skipString(text: string, from: number): number {
  let index = from + 1;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code === quote) return index + 1;
    index += code === backslash ? 2 : 1;
  }
}

/** Returns the position after the value at `from`. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  let index = from;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      index = skipString(text, index);
      if (depth === 0) return index;
      continue;
    }
    if (code === openBrace || code === openBracket) depth++;
    else if (code === closeBrace || code === closeBracket) {
      if (depth === 0) return index;
      if (--depth === 0) return index + 1;
    } else if (depth === 0 && (Number.isNaN(code) || code === comma || isSpace(code))) return index;
    index++;
  }
}

/** Returns the value of `key` in the object that the text is: its last occurrence, as in `JSON.parse`. */
export function memberSpan(text: string, key: string): Span | null {
  let found: Span | null = null;
  let index = skipSpace(text, skipSpace(text, 0) + 1);
  while (text.charCodeAt(index) === quote) {
    const keyEnd = skipString(text, index);
    const name = text.slice(index, keyEnd);
    const start = skipSpace(text, text.indexOf(':', keyEnd) + 1);
    const end = skipValue(text, start);
    if (name === `"${key}"` || (name.includes('\\') && JSON.parse(name) === key)) found = { start, end };
    index = skipSpace(text, end);
    if (text.charCodeAt(index) === comma) index = skipSpace(text, index + 1);
  }
  return found;
}

/** The elements of the array that starts at `from`. */
export function elementSpans(text: string, from: number): Span[] {
  const spans: Span[] = [];
  let index = skipSpace(text, from + 1);
  while (index < text.length && text.charCodeAt(index) !== closeBracket) {
    const end = skipValue(text, index);
    spans.push({ start: index, end });
    index = skipSpace(text, end);
    if (text.charCodeAt(index) === comma) index = skipSpace(text, index + 1);
  }
  return spans;
}

/**
 * Finds the lines of positions in a text. Ask in order: it passes over the text once. `first` is the first line of the
 * text.
 */
export class LineCount {
  readonly #text: string;
  #line: number;
  #nextBreak: number | null = null;

  constructor(text: string, first: number) {
    this.#text = text;
    this.#line = first;
  }

  at(position: number): number {
    let found = this.#nextBreak ?? this.#text.indexOf('\n');
    while (found >= 0 && found < position) {
      this.#line++;
      found = this.#text.indexOf('\n', found + 1);
    }
    this.#nextBreak = found;
    return this.#line;
  }
}

/**
 * Follows brackets through a text that comes in pieces. `depth` is the nesting at the end of the fed text, `deepest`
 * the deepest so far. Works on any text; the numbers only mean something for JSON.
 */
export class Nesting {
  depth = 0;
  deepest = 0;
  #inString = false;
  #escaped = false;

  feed(text: string): void {
    let { depth, deepest } = this;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) this.#inString = false;
      } else if (code === quote) this.#inString = true;
      else if (code === openBrace || code === openBracket) {
        if (++depth > deepest) deepest = depth;
      } else if (code === closeBrace || code === closeBracket) depth--;
    }
    this.depth = depth;
    this.deepest = deepest;
  }
}

function hasMoreThan(text: string, wanted: string, most: number): boolean {
  let found = 0;
  for (let at = text.indexOf(wanted); at >= 0 && found <= most; at = text.indexOf(wanted, at + 1)) found++;
  return found > most;
}

/**
 * Tells if brackets nest deeper than `limit`. Most texts are too short or have too few brackets, and are not followed.
 */
export function isNestedDeeperThan(text: string, limit: number): boolean {
  if (text.length < 2 * limit || (!hasMoreThan(text, '{', limit >> 1) && !hasMoreThan(text, '[', limit >> 1)))
    return false;
  const nesting = new Nesting();
  nesting.feed(text);
  return nesting.deepest > limit;
}

/**
 * An entry of a HAR document: the JSON texts of its wanted members, as bytes; null for one above the limit. `line` is
 * where it starts.
 */
export interface CutEntry {
  readonly kind: 'entry';
  readonly line: number;
  readonly members: ReadonlyMap<string, Uint8Array | null>;
}
/** Something unexpected in place of an entry or the document; or the place where the document breaks off. */
export interface Strange {
  readonly kind: 'no_entry' | 'no_document' | 'no_entries' | 'cut_off';
  readonly line: number;
}

const lineFeed = 10,
  space = 32,
  quote = 34,
  comma = 44,
  openBracket = 91,
  backslash = 92,
  closeBracket = 93,
  openBrace = 123,
  closeBrace = 125;
/** All keys that matter are shorter. */
const longestKey = 64;

/**
 * The followed places: outside the document; in its object; in `log`; in `entries`; in an entry. Other brackets are
 * only counted.
 */
const [outside, inDocument, inLog, inEntries, inEntry] = [0, 1, 2, 3, 4] as const;
type Level = 0 | 1 | 2 | 3 | 4;

/** Bytes being kept: of a key, or of a wanted member. */
class Cut {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** The beginning of its part in the current piece. */
  from: number;

  constructor(from: number, limit: number) {
    this.from = from;
    this.#limit = limit;
  }

  add(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length > this.#limit) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** Null when it is too long. */
  get bytes(): Uint8Array | null {
    return this.#length > this.#limit ? null : Buffer.concat(this.#pieces);
  }
}

/**
 * Cuts a HAR document into its entries without parsing it, in pieces of any size: it counts brackets and jumps over
 * strings, so that large responses cost little and are never held. Several documents may follow one another. Only the
 * entries it cuts out are checked. Linear in the bytes; memory holds the wanted members of one entry, each at most
 * `limit` bytes.
 */
export class EntryScanner {
  readonly #wanted: ReadonlySet<string>;
  readonly #limit: number;
  #level: Level = outside;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #expectsKey = false;
  #key: string | null = null;
  #keyCut: Cut | null = null;
  #valueCut: Cut | null = null;
  #members = new Map<string, Uint8Array | null>();
  #entryLine = 1;
  #sawEntries = false;
  /** Set after something unexpected, up to the next comma or line. */
  #passing = false;
  #bytes: Uint8Array = new Uint8Array();
  #lineFeeds = 0;
  #countedTo = 0;
  #lineIsOpen = false;

  constructor({ wanted, limit }: { readonly wanted: ReadonlySet<string>; readonly limit: number }) {
    this.#wanted = wanted;
    this.#limit = limit;
  }

  /** How many lines have come in so far. */
  get lines(): number {
    return this.#lineFeeds + (this.#lineIsOpen ? 1 : 0);
  }

  /** Returns the entries that `bytes` complete. The caller must not change the bytes: they are kept until then. */
  *push(bytes: Uint8Array): Generator<CutEntry | Strange> {
    this.#bytes = bytes;
    this.#countedTo = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.#inString) at = this.#string(at);
      else if (this.#depth > this.#level) at = this.#nested(at);
      else yield* this.#structure(at++);
    }
    this.#line(bytes.length);
    if (bytes.length > 0) this.#lineIsOpen = bytes.at(-1) !== lineFeed;
    for (const cut of [this.#keyCut, this.#valueCut]) {
      cut?.add(bytes.subarray(cut.from));
      if (cut) cut.from = 0;
    }
  }

  /** Returns the rest when no more bytes come: the whole members of an entry that is cut off. */
  *end(): Generator<CutEntry | Strange> {
    if (this.#level === outside) return;
    if (this.#level === inEntry && this.#members.size > 0)
      yield { kind: 'entry', line: this.#entryLine, members: this.#members };
    yield { kind: 'cut_off', line: this.#level === inEntry ? this.#entryLine : this.#lineFeeds + 1 };
  }

  /** Returns the line of a position of the current bytes; positions must not go back. */
  #line(at: number): number {
    for (
      let found = this.#bytes.indexOf(lineFeed, this.#countedTo);
      found >= 0 && found < at;
      found = this.#bytes.indexOf(lineFeed, found + 1)
    ) {
      this.#lineFeeds++;
      this.#countedTo = found + 1;
    }
    this.#countedTo = Math.max(this.#countedTo, at);
    return this.#lineFeeds + 1;
  }

  /** Goes to the end of a string, or of the bytes. */
  #string(from: number): number {
    const bytes = this.#bytes;
    let at = this.#escaped ? from + 1 : from;
    for (; at < bytes.length; at++) {
      const code = bytes[at];
      if (code === backslash) at++;
      else if (code === quote) {
        this.#escaped = false;
        this.#endString(at + 1);
        return at + 1;
      }
    }
    this.#escaped = at > bytes.length;
    return bytes.length;
  }

  #endString(end: number): void {
    this.#inString = false;
    const cut = this.#keyCut;
    if (cut) {
      cut.add(this.#bytes.subarray(cut.from, end));
      this.#keyCut = null;
      this.#key = keyIn(cut.bytes);
    } else if (this.#depth === this.#level) this.#endValue(end);
  }

  #endValue(end: number): void {
    const cut = this.#valueCut;
    if (!cut || this.#key === null) return;
    cut.add(this.#bytes.subarray(cut.from, end));
    this.#members.set(this.#key, cut.bytes);
    this.#valueCut = null;
  }

  /** Skips a value that is not followed, to its end or that of the bytes. Most bytes are read here. */
  #nested(from: number): number {
    const bytes = this.#bytes;
    for (let at = from; at < bytes.length; at++) {
      const code = bytes[at];
      if (code === quote) {
        this.#inString = true;
        at = this.#string(at + 1) - 1;
      } else if (code === openBrace || code === openBracket) this.#depth++;
      else if ((code === closeBrace || code === closeBracket) && --this.#depth === this.#level) {
        this.#endValue(at + 1);
        return at + 1;
      }
    }
    return bytes.length;
  }

  /** Reads one byte at a followed place. */
  *#structure(at: number): Generator<CutEntry | Strange> {
    const code = this.#bytes[at];
    if (code === quote) {
      yield* this.#startString(at);
      this.#inString = this.#level !== outside;
    } else if (code === openBrace || code === openBracket) {
      yield* this.#open(at, code);
      if (this.#level !== outside) this.#depth++;
    } else if (code === closeBrace || code === closeBracket) yield* this.#close(at);
    else if (code === comma && this.#level !== outside) {
      this.#expectsKey = this.#level !== inEntries;
      this.#key = null;
      this.#passing = false;
    } else if (code === lineFeed && this.#level === outside) this.#passing = false;
    else if (code !== undefined && code > space && (this.#level === outside || this.#level === inEntries))
      yield* this.#strange(at);
  }

  *#startString(at: number): Generator<Strange> {
    if (this.#level === outside || this.#level === inEntries) yield* this.#strange(at);
    else if (this.#expectsKey) {
      this.#expectsKey = false;
      this.#keyCut = new Cut(at, longestKey);
    } else this.#startValue(at);
  }

  #startValue(at: number): void {
    if (this.#level === inEntry && this.#key !== null && this.#wanted.has(this.#key))
      this.#valueCut = new Cut(at, this.#limit);
  }

  *#strange(at: number): Generator<Strange> {
    // A byte order mark.
    if (this.#passing || (this.#level === outside && [0xef, 0xbb, 0xbf].includes(this.#bytes[at] ?? 0))) return;
    this.#passing = true;
    yield { kind: this.#level === outside ? 'no_document' : 'no_entry', line: this.#line(at) };
  }

  /** Opens a bracket at a followed place: follows its content, or skips the value. */
  *#open(at: number, code: number): Generator<Strange> {
    const isObject = code === openBrace;
    if (this.#level === outside && isObject && !this.#passing) {
      this.#enter(inDocument);
      this.#sawEntries = false;
    } else if (this.#level === inDocument && isObject && this.#key === 'log') this.#enter(inLog);
    else if (this.#level === inLog && !isObject && this.#key === 'entries') {
      this.#enter(inEntries);
      this.#sawEntries = true;
    } else if (this.#level === inEntries && isObject) {
      this.#enter(inEntry);
      this.#entryLine = this.#line(at);
      this.#members = new Map();
    } else if (this.#level === outside || this.#level === inEntries) yield* this.#strange(at);
    else this.#startValue(at);
  }

  #enter(level: Level): void {
    this.#level = level;
    this.#key = null;
    this.#expectsKey = level !== inEntries;
    this.#passing = false;
  }

  *#close(at: number): Generator<CutEntry | Strange> {
    if (this.#level === outside) {
      yield* this.#strange(at);
      return;
    }
    this.#depth--;
    const left = this.#level;
    this.#level = left === inEntry ? inEntries : left === inEntries ? inLog : left === inLog ? inDocument : outside;
    this.#key = null;
    this.#expectsKey = false;
    if (left === inEntry) yield { kind: 'entry', line: this.#entryLine, members: this.#members };
    else if (left === inDocument && !this.#sawEntries) yield { kind: 'no_entries', line: this.#line(at) };
  }
}

function keyIn(bytes: Uint8Array | null): string | null {
  try {
    const key: unknown = bytes ? JSON.parse(Buffer.from(bytes).toString('utf8')) : null;
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}

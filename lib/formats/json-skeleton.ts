/** Returns true if a value may replace another one. */
export type Accepts = (value: unknown) => boolean;
export type Path = readonly (string | number)[];

const space = 32,
  quote = 34,
  minus = 45,
  zero = 48,
  nine = 57,
  backslash = 92,
  firstBeyondAscii = 128;
/** Whole numbers of this many digits are exact. */
const exactDigits = 15;
const words = [Buffer.from('null'), Buffer.from('true'), Buffer.from('false')] as const;

/** ASCII without escapes: after other texts the next one is learnt. */
const plainText = /^[\x20-\x5b\x5d-\x7e]*$/;
const deepest = 8;
const mostSlots = 400;
const longestText = 1 << 14;

/** Bytes of a log in two views: made once for many reads. */
export interface LookedAt {
  readonly bytes: Buffer;
  readonly view: DataView;
}
export const lookedAt = (bytes: Buffer): LookedAt => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
});

/** A place of a skeleton where values stand: how they are checked, and where they are put. */
interface Slot {
  readonly accepts: Accepts;
  readonly set: (value: unknown) => void;
}

/**
 * Returns the position after the token at `at`: a string without escapes, a whole number, `true`, `false` or `null`; or
 * -1. It holds none of its end's quotes before `from`.
 */
function tokenEnd(bytes: Buffer, at: number, from: number): number {
  const first = bytes[at] ?? 0;
  if (first === quote) {
    let end = from;
    for (let code = bytes[end]; code !== quote; code = bytes[++end])
      if (code === undefined || code < space || code === backslash) return -1;
    return end + 1;
  }
  if (first === minus || (first >= zero && first <= nine))
    return numberEnd(bytes, first === minus ? at + 1 : at, first === minus);
  for (const word of words)
    if (bytes.compare(word, 0, word.length, at, Math.min(bytes.length, at + word.length)) === 0)
      return at + word.length;
  return -1;
}

function numberEnd(bytes: Buffer, first: number, isNegative: boolean): number {
  let end = first;
  for (let code = bytes[end] ?? 0; code >= zero && code <= nine; code = bytes[++end] ?? 0);
  const digits = end - first;
  if (digits === 0 || digits > exactDigits) return -1;
  return bytes[first] === zero && (digits > 1 || isNegative) ? -1 : end;
}

/** Returns the value of such a token, as `JSON.parse` would. */
function valueOf(bytes: Buffer, start: number, end: number): unknown {
  const first = bytes[start] ?? 0;
  if (first === quote) {
    for (let at = start + 1; at < end; at++)
      if ((bytes[at] ?? 0) >= firstBeyondAscii) return bytes.toString('utf8', start + 1, end - 1);
    return bytes.toString('latin1', start + 1, end - 1);
  }
  if (first === minus || (first >= zero && first <= nine)) {
    let value = 0;
    for (let at = first === minus ? start + 1 : start; at < end; at++) value = value * 10 + ((bytes[at] ?? 0) - zero);
    return first === minus ? -value : value;
  }
  return first === 110 ? null : first === 116;
}

/**
 * A JSON text without its values. Texts that a program writes one after another mostly have the same keys in the same
 * order, and many of the same values. Such a text is compared with the one before it, and only the differences are
 * read, at a fraction of the cost of `JSON.parse`.
 */
export class Skeleton<T extends object> {
  /** The value of the text that was read last, as from `JSON.parse`; the next `read` that succeeds changes it. */
  readonly value: T;
  readonly #slots: readonly Slot[];
  /** The text that was read last, and where its slots' values are. */
  #text: LookedAt;
  #length = 0;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** The differences in the text that is read: slots in order, the places of their values, and the values. */
  readonly #changed: Int32Array;
  readonly #newStarts: Int32Array;
  readonly #newEnds: Int32Array;
  readonly #newValues: unknown[] = [];

  private constructor(value: T, { text, slots, starts, ends }: SkeletonPieces) {
    this.value = value;
    this.#slots = slots;
    this.#text = lookedAt(Buffer.alloc(2 * text.length));
    this.#length = this.#text.bytes.write(text, 'latin1');
    this.#starts = Int32Array.from(starts);
    this.#ends = Int32Array.from(ends);
    [this.#changed, this.#newStarts, this.#newEnds] = [
      new Int32Array(slots.length),
      new Int32Array(slots.length),
      new Int32Array(slots.length),
    ];
  }

  /**
   * Returns the skeleton of the text that `JSON.stringify(value)` gives; null for a value that is too large, too deep,
   * or has strange keys. `acceptsAt` returns the check for each place; null where only the present value may stand.
   * `value` belongs to the skeleton from now on.
   */
  static of<T extends object>(value: T, acceptsAt: (path: Path) => Accepts | null): Skeleton<T> | null {
    const pieces = new SkeletonPieces(acceptsAt);
    return pieces.add(value, []) ? new Skeleton(value, pieces) : null;
  }

  /**
   * Reads the text at `at`. Returns the position after it, or -1 when it has another skeleton or a value that is not
   * accepted.
   */
  read({ bytes, view }: LookedAt, at: number): number {
    const { bytes: last, view: lastView } = this.#text;
    const length = this.#length;
    const limit = bytes.length;
    let [now, old, slot, changed] = [at, 0, 0, 0];
    for (;;) {
      // Four bytes at a time, then one by one to where they differ.
      const until = Math.min(length - old, limit - now) - 4 + old;
      while (old <= until && lastView.getInt32(old) === view.getInt32(now)) {
        old += 4;
        now += 4;
      }
      while (old < length && bytes[now] === last[old]) {
        old++;
        now++;
      }
      if (old >= length) break;
      // A number may be the beginning of a longer one, so the end of a value belongs to it; a string includes its end.
      while (slot < this.#slots.length && (this.#ends[slot] ?? 0) < old) slot++;
      const oldStart = this.#starts[slot] ?? length;
      if (oldStart > old || (this.#ends[slot] === old && last[oldStart] === quote)) return -1;
      const start = now - (old - oldStart);
      const end = tokenEnd(bytes, start, Math.max(start + 1, now));
      if (end < 0) return -1;
      this.#changed[changed] = slot;
      this.#newStarts[changed] = start;
      this.#newEnds[changed] = end;
      changed++;
      now = end;
      old = this.#ends[slot] ?? length;
      slot++;
    }
    return changed === 0 || this.#take(bytes, { at, now, changed }) ? now : -1;
  }

  /** Takes the values that differ, if all of them are accepted. */
  #take(
    bytes: Buffer,
    { at, now, changed }: { readonly at: number; readonly now: number; readonly changed: number },
  ): boolean {
    const slots = this.#slots;
    for (let index = 0; index < changed; index++) {
      const value = valueOf(bytes, this.#newStarts[index] ?? 0, this.#newEnds[index] ?? 0);
      if (!slots[this.#changed[index] ?? 0]?.accepts(value)) return false;
      this.#newValues[index] = value;
    }
    const length = now - at;
    if (length > longestText) return false;
    if (length > this.#text.bytes.length) this.#text = lookedAt(Buffer.alloc(2 * length));
    bytes.copy(this.#text.bytes, 0, at, now);
    this.#length = length;
    let [next, shift] = [0, 0];
    for (let slot = this.#changed[0] ?? 0; slot < slots.length; slot++) {
      if (next < changed && this.#changed[next] === slot) {
        slots[slot]?.set(this.#newValues[next]);
        const [start, end] = [(this.#newStarts[next] ?? 0) - at, (this.#newEnds[next] ?? 0) - at];
        shift = end - (this.#ends[slot] ?? 0);
        this.#starts[slot] = start;
        this.#ends[slot] = end;
        next++;
      } else {
        this.#starts[slot] = (this.#starts[slot] ?? 0) + shift;
        this.#ends[slot] = (this.#ends[slot] ?? 0) + shift;
      }
    }
    return true;
  }
}

/** An object in the sense of JSON, to be written into. */
const isRecord = (value: object): value is Record<string, unknown> => !Array.isArray(value);

/** A skeleton while it is made. Positions are in `text`. */
class SkeletonPieces {
  readonly slots: Slot[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  text = '';
  readonly #acceptsAt: (path: Path) => Accepts | null;

  constructor(acceptsAt: (path: Path) => Accepts | null) {
    this.#acceptsAt = acceptsAt;
  }

  /** Returns false when there is no skeleton. Calls itself, `deepest` times at most. */
  add(container: object, path: Path): boolean {
    if (path.length > deepest) return false;
    return isRecord(container)
      ? this.#addObject(container, path)
      : Array.isArray(container) && this.#addArray(container, path);
  }

  #addObject(object: Record<string, unknown>, path: Path): boolean {
    let separator = '{';
    for (const key of Object.keys(object)) {
      if (key === '__proto__') return false;
      if (!this.#addText(`${separator}${JSON.stringify(key)}:`)) return false;
      separator = ',';
      if (
        !this.#addValue(object[key], [...path, key], (value) => {
          object[key] = value;
        })
      )
        return false;
    }
    this.text += separator === '{' ? '{}' : '}';
    return true;
  }

  #addArray(array: unknown[], path: Path): boolean {
    this.text += '[';
    for (const [index, element] of array.entries()) {
      if (index > 0) this.text += ',';
      if (
        !this.#addValue(element, [...path, index], (value) => {
          array[index] = value;
        })
      )
        return false;
    }
    this.text += ']';
    return true;
  }

  #addValue(value: unknown, path: Path, set: (value: unknown) => void): boolean {
    if (typeof value === 'object' && value !== null) return this.add(value, path);
    const accepts = this.#acceptsAt(path);
    const start = this.text.length;
    if (!this.#addText(JSON.stringify(value))) return false;
    if (accepts === null) return true;
    this.slots.push({ accepts, set });
    this.starts.push(start);
    this.ends.push(this.text.length);
    return this.slots.length <= mostSlots;
  }

  #addText(text: string): boolean {
    this.text += text;
    return this.text.length <= longestText && plainText.test(text);
  }
}

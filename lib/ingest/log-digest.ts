import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CurrentLog, ReadLog } from './log-reading.ts';

/**
 * A shorter first line, such as the brace of a file that is printed on many lines, does not identify a log. In bytes.
 */
const shortestFirstLine = 64;
/** The part of a first line that is looked at. */
const longestFirstLine = 1 << 16;
/** Most lines for which a checksum of the log up to there is kept, in four bytes each. */
const mostLines = 1 << 13;

/** Returns the SHA-256 of a log that is held whole, in hex. */
export function sha256Of(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/**
 * Identifies a log by its bytes, fed in order. `current` is the log that now stands for its path. With `sha256`, the
 * log's own, its bytes are hashed only to compare them with `current`.
 */
export class LogDigest {
  readonly #hash = createHash('sha256');
  readonly #sha256: string | null;
  readonly #current: CurrentLog | null;
  readonly #isHashed: boolean;
  #length = 0;
  #firstLine: Buffer[] | null = [];
  #firstLineDigest: string | null = null;
  #checksum = 0;
  readonly #prefixes: number[] = [];
  #beginsAsCurrent = false;

  constructor(current: CurrentLog | null, sha256: string | null = null) {
    this.#current = current;
    this.#sha256 = sha256;
    this.#isHashed = sha256 === null || current !== null;
  }

  update(bytes: Uint8Array): void {
    this.#takeFirstLine(bytes);
    if (this.#isHashed) this.#hashBytes(bytes);
    this.#length += bytes.length;
    this.#takeLines(bytes);
  }

  #hashBytes(bytes: Uint8Array): void {
    const current = this.#current?.bytes ?? 0;
    const before = current - this.#length;
    if (before > 0 && before <= bytes.length) {
      this.#hash.update(bytes.subarray(0, before));
      this.#beginsAsCurrent = this.#hash.copy().digest('hex') === this.#current?.sha256;
      this.#hash.update(bytes.subarray(before));
    } else this.#hash.update(bytes);
  }

  #takeLines(bytes: Uint8Array): void {
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0 && this.#prefixes.length < mostLines; end = bytes.indexOf(10, from)) {
      this.#checksum = crc32(bytes.subarray(from, end + 1), this.#checksum);
      this.#prefixes.push(this.#checksum);
      from = end + 1;
    }
    if (this.#prefixes.length < mostLines) this.#checksum = crc32(bytes.subarray(from), this.#checksum);
  }

  /** Call once, at the end. */
  end(): Pick<ReadLog, 'sha256' | 'firstLine' | 'prefixes' | 'replaces' | 'laterIn'> & { readonly bytes: number } {
    const prefixes = Buffer.alloc(4 * this.#prefixes.length);
    this.#prefixes.forEach((checksum, line) => prefixes.writeUInt32LE(checksum, 4 * line));
    const what = this.#current && this.#comparedWith(this.#current, prefixes);
    return {
      bytes: this.#length,
      sha256: this.#sha256 ?? this.#hash.digest('hex'),
      firstLine: this.#firstLineDigest,
      prefixes,
      replaces: what === 'later' ? this.#current : null,
      laterIn: what === 'earlier' ? (this.#current?.importId ?? null) : null,
    };
  }

  /**
   * Compares a log with the current one. A log that has grown is a later version, and so is one that begins with the
   * same line and continues in another way. One that is shorter and has the same whole lines is an earlier version.
   * Null if unknown, and for another log: both stay then.
   */
  #comparedWith({ bytes, firstLine, prefixes: current }: CurrentLog, prefixes: Buffer): 'earlier' | 'later' | null {
    if (this.#beginsAsCurrent) return 'later';
    if (this.#firstLineDigest === null || this.#firstLineDigest !== firstLine) return null;
    if (this.#length >= bytes) return 'later';
    if (current === null) return null;
    if (!prefixes.equals(current.subarray(0, prefixes.length))) return 'later';
    return this.#prefixes.length < mostLines ? 'earlier' : null;
  }

  #takeFirstLine(bytes: Uint8Array): void {
    if (this.#firstLine === null) return;
    const end = bytes.indexOf(10);
    this.#firstLine.push(Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)));
    const line = Buffer.concat(this.#firstLine).subarray(0, longestFirstLine);
    if (end < 0 && line.length < longestFirstLine) {
      this.#firstLine = [line];
      return;
    }
    this.#firstLine = null;
    if (line.length >= shortestFirstLine) this.#firstLineDigest = createHash('md5').update(line).digest('hex');
  }
}

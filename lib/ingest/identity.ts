import { hash } from 'node:crypto';
import type { CodexEvent } from '../events/event.ts';
import { isObject } from '../events/json-object.ts';
import { columnText } from '../store/column-text.ts';

/**
 * Fields that collectors add to an event or spell in their own way: without them, the same event from a collector's log
 * and from a client reads the same.
 */
const writersOwn: ReadonlySet<string> = new Set(['product_surface', 'product_client_id']);

/**
 * Returns the same value with the keys of every object in order, without those that are null or in `writersOwn`. Depth
 * is bounded by the nesting limit.
 */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const members: [string, unknown][] = [];
  for (const key of Object.keys(value).sort())
    if (value[key] !== null && !writersOwn.has(key)) members.push([key, inOrder(value[key])]);
  return Object.fromEntries(members);
}

/** Keeps the parts of a key apart; no text of a column holds it. */
const separator = '\u007f';
/** Ids are the same when their columns are: figures are joined by these. */
const keyText = (part: string | number): string | number => (typeof part === 'string' ? columnText(part) : part);

function mix(lanes: Int32Array, checksum: number, length: number): void {
  let carry = checksum ^ Math.imul(length, 0x9e3779b1);
  for (let lane = 0; lane < 4; lane++) {
    carry = Math.imul((lanes[lane] ?? 0) ^ carry, 0x85ebca6b);
    carry ^= carry >>> 13;
    carry = Math.imul(carry, 0xc2b2ae35) + lane;
    carry ^= carry >>> 16;
    lanes[lane] = carry;
  }
}

/**
 * Names places in a log so that they can be found again in another copy: a running digest of everything up to here. A
 * log that has grown has the same digests up to where it grew; another log differs from its first difference on. 128
 * bits, fed with one checksum a record.
 */
export class PlaceInLog {
  readonly #lanes = new Int32Array([0x1e3779b9, 0x05ebca6b, 0x42b2ae35, 0x27d4eb2f]);
  readonly #named = new Int32Array(4);
  readonly #bytes = Buffer.from(this.#named.buffer);

  /** Moves on past a text of this checksum and length. */
  advance(checksum: number, length: number): void {
    mix(this.#lanes, checksum, length);
  }

  /** Returns the place of the event with this index in the record that was passed last: 32 hexadecimal digits. */
  nameOf(item: number): string {
    this.#named.set(this.#lanes);
    mix(this.#named, item, 0);
    return this.#bytes.toString('hex');
  }
}

/**
 * Returns the identity of an event, 128 bits in 32 hexadecimal digits: `semantics.md`, "Identity". `place` is that of
 * its record, `item` its index in it.
 */
export function identityOf(event: CodexEvent, value: unknown, place: PlaceInLog, item: number): string {
  switch (event.identity.by) {
    case 'key':
      return hash('md5', event.identity.key.map(keyText).join(separator));
    case 'content':
      return hash('md5', `whole${separator}${JSON.stringify(inOrder(value))}`);
    case 'place':
      return place.nameOf(item);
  }
}

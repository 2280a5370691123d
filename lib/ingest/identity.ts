import { hash } from 'node:crypto';
import type { CodexEvent } from '../events/event.ts';
import { isObject } from '../events/json-object.ts';

/** What collectors add to an event or write in their own way: without it, the same event from a collector's log and from a client reads the same. */
const writersOwn: ReadonlySet<string> = new Set(['product_surface', 'product_client_id']);

/**
 * A JSON-like text with the keys of every object in order and without those that say nothing, so that the same event from two writers reads the same.
 * Depth is bounded by the nesting limit.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return String(value);
  let text = '';
  for (const key of Object.keys(value).sort()) if (value[key] !== null && !writersOwn.has(key)) text += `${JSON.stringify(key)}:${canonicalJson(value[key])},`;
  return `{${text}}`;
}

/** Keeps the parts of a key apart; no id holds it. */
const separator = '\u007f';

/**
 * Names places in a log so that they can be found again in another copy of it: a running digest of everything up to here. A log that has grown
 * has the same digests up to where it grew; another log has others from its first difference on. 128 bits, fed with one checksum a record.
 */
export class PlaceInLog {
  #lanes = new Int32Array([0x1e3779b9, 0x05ebca6b, 0x42b2ae35, 0x27d4eb2f]);

  /** Moves on past a text of this checksum and length. */
  advance(checksum: number, length: number): void {
    const lanes = this.#lanes;
    let carry = checksum ^ Math.imul(length, 0x9e3779b1);
    for (let lane = 0; lane < 4; lane++) {
      carry = Math.imul((lanes[lane] ?? 0) ^ carry, 0x85ebca6b);
      carry ^= carry >>> 13;
      carry = Math.imul(carry, 0xc2b2ae35) + lane;
      carry ^= carry >>> 16;
      lanes[lane] = carry;
    }
  }

  /** The digest of everything up to here. */
  get digest(): string {
    const [a = 0, b = 0, c = 0, d = 0] = this.#lanes;
    return `${a}.${b}.${c}.${d}`;
  }
}

/** The text whose digest makes two events one: `semantics.md`, "Identity". `place` is that of its record, `item` its index in it. */
export function identityText(event: CodexEvent, value: unknown, place: PlaceInLog, item: number): string {
  switch (event.identity.by) {
    case 'key': return event.identity.key.join(separator);
    case 'whole': return `whole${separator}${hash('md5', canonicalJson(value))}`;
    case 'place': return `place${separator}${place.digest}.${item}`;
  }
}

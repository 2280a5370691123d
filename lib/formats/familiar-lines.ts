import type { CodexEvent } from '../events/event.ts';
import { familiarEvent, type FamiliarEvent } from '../events/familiar-event.ts';
import type { Unknown } from '../events/inventory.ts';
import { isObject, type JsonObject } from '../events/json-object.ts';
import { bare } from './bare.ts';
import type { FoundEvent } from './format.ts';
import { Skeleton, type LookedAt } from './json-skeleton.ts';
import type { TextLine } from './lines.ts';
import { formatOf } from './registry.ts';

/** An event of a familiar line. Reading the next such line changes `found` and its value. */
export interface FamiliarFind {
  readonly found: FoundEvent;
  readonly read: () => CodexEvent;
  readonly strange: readonly Unknown[];
}
export interface FamiliarLine {
  readonly format: 'capture' | 'bare';
  readonly events: readonly FamiliarFind[];
}

const captureStart = Buffer.from('{"events":[');
const captureEnd = Buffer.from(']}');
const comma = 44;

const standsAt = (word: Uint8Array, bytes: Uint8Array, at: number): boolean =>
  word.every((byte, index) => bytes[at + index] === byte);

/** Most skeletons kept: Codex has some thirty, several of which may stand in one line more than once. */
const mostSkeletons = 64;
/**
 * Learning an event costs about as much as reading it, and a familiar one saves more than a tenth of that. Learning
 * stops while it does not pay, so that a log without similar lines is read about as fast as without learning.
 */
const learningCost = 10;
const [creditAtFirst, mostCredit] = [1000, 2000];

class Entry implements FamiliarFind {
  readonly skeleton: Skeleton<object>;
  readonly found: FoundEvent;
  readonly read: () => CodexEvent;
  readonly strange: readonly Unknown[];
  /** The line that used it last, as `FamiliarLines` counts them: two events of one line need two skeletons. */
  usedFor = 0;

  constructor(skeleton: Skeleton<object>, { read, strange }: FamiliarEvent) {
    this.skeleton = skeleton;
    this.found = { value: skeleton.value, recordedAt: null };
    this.read = read;
    this.strange = strange;
  }
}

/**
 * Reads lines that look like earlier ones of the same log: `{"events":[…]}` or an event by itself, in one line, without
 * spaces as Codex writes them, with nothing to repair or reject and nothing unknown except fields. The result is the
 * same as from parsing (a property test compares them), at about half of the cost.
 */
export class FamiliarLines {
  /** The last used comes first. */
  readonly #entries: Entry[] = [];
  #credit = creditAtFirst;
  #lines = 0;

  /** Returns the events of the line, or null when it must be read as usual. */
  read(line: TextLine): FamiliarLine | null {
    if (this.#entries.length === 0) return null;
    this.#lines++;
    const { block, start, end } = line;
    const { bytes } = block;
    const isCapture = standsAt(captureStart, bytes, start);
    const events: Entry[] = [];
    let at = isCapture ? start + captureStart.length : start;
    for (;;) {
      const entry = this.#find(block, at);
      if (!entry) return null;
      events.push(entry);
      at = this.#position;
      if (!isCapture || bytes[at] !== comma) break;
      at++;
    }
    if (isCapture) {
      if (!standsAt(captureEnd, bytes, at)) return null;
      at += captureEnd.length;
    }
    if (at !== end) return null;
    this.#credit = Math.min(mostCredit, this.#credit + events.length);
    return { format: isCapture ? 'capture' : 'bare', events };
  }

  /** After the event that was found last. */
  #position = 0;

  #find(block: LookedAt, at: number): Entry | null {
    const entries = this.#entries;
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index];
      if (entry === undefined || entry.usedFor === this.#lines) continue;
      const behind = entry.skeleton.read(block, at);
      if (behind < 0) continue;
      this.#position = behind;
      entry.usedFor = this.#lines;
      for (let place = index; place > 0; place--) {
        const before = entries[place - 1];
        if (before) entries[place] = before;
      }
      entries[0] = entry;
      return entry;
    }
    return null;
  }

  /**
   * Learns the unfamiliar events of the line, after `read` has failed on it. `record` is the line parsed: nobody else
   * may change it afterwards.
   */
  learn({ block, start, text }: TextLine, record: JsonObject): void {
    if (this.#credit <= 0 || text !== JSON.stringify(record)) return;
    const isCapture = standsAt(captureStart, block.bytes, start);
    const events: readonly unknown[] = isCapture && Array.isArray(record.events) ? record.events : [record];
    this.#lines++;
    let at = isCapture ? start + captureStart.length : start;
    for (const value of events) {
      if (!isObject(value)) return;
      if (!this.#find(block, at)) this.#learnEvent(value);
      at += Buffer.byteLength(JSON.stringify(value)) + 1;
    }
  }

  #learnEvent(value: JsonObject): void {
    this.#credit -= learningCost;
    // By itself, an event with further members may be a record of another format.
    const event = formatOf(value) === bare ? familiarEvent(value) : null;
    const skeleton = event && Skeleton.of(value, (path) => event.acceptsAt(path));
    if (!event || !skeleton) return;
    if (this.#entries.length >= mostSkeletons) this.#entries.pop();
    const entry = new Entry(skeleton, event);
    entry.usedFor = this.#lines;
    this.#entries.unshift(entry);
  }
}

import { isUtf8 } from 'node:buffer';
import type { RecordLimits } from '../records.ts';
import { findingsIn, type HarFinding, type HarProblemCode } from './entry.ts';
import { EntryScanner, type CutEntry, type Strange } from './entry-scanner.ts';
import { problemMessage, readJson } from './json.ts';

/**
 * A record of a HAR document, with the line on which its entry starts. `body` is the JSON of an analytics POST,
 * `turn_metadata` the metadata of a turn in a request to the model; an entry may hold several. `passed_over` is an
 * entry with neither. `recordedAt` is when the request was sent, ms since the epoch; null when the entry does not say.
 */
export type HarRecord =
  | (Extract<HarFinding, { kind: 'body' | 'turn_metadata' }> & {
      readonly line: number;
      readonly recordedAt: number | null;
    })
  | (Extract<HarFinding, { kind: 'broken' }> & { readonly line: number })
  | { readonly kind: 'passed_over'; readonly line: number };

/**
 * Tells if a log with this beginning is a HAR document: an object `log` with a member of the format or an application's
 * own, `_name`.
 */
export const isHar = (beginning: string): boolean =>
  /^\ufeff?\s*\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment|_\w+)"\s*:/.test(beginning);

const strangeMessages: Record<Strange['kind'], readonly [HarProblemCode, string]> = {
  no_entry: ['invalid_json', 'This element is not a HAR entry.'],
  no_document: ['invalid_json', 'This text is outside the HAR document and is not JSON.'],
  no_entries: ['invalid_json', 'This HAR document has no list of entries.'],
  cut_off: ['truncated_json', 'The HAR document is cut off here. Everything before was read.'],
};

const wanted = new Set(['request', 'startedDateTime', '_webSocketMessages']);

type Member = { readonly value: unknown } | { readonly code: HarProblemCode; readonly message: string };

/**
 * Reads a HAR document in pieces of any size. Call `push` for each, then `end` once. Responses are never held: memory
 * is bounded by the request of one entry, which may have `lineBytes` bytes.
 */
export class HarReader {
  readonly #limits: RecordLimits;
  readonly #scanner: EntryScanner;

  constructor(limits: RecordLimits) {
    this.#limits = limits;
    this.#scanner = new EntryScanner({ wanted, limit: limits.lineBytes });
  }

  /** How many lines have come in so far. */
  get lines(): number {
    return this.#scanner.lines;
  }

  /**
   * Returns the records of the entries that `bytes` complete. The caller must not change the bytes: they are kept until
   * then.
   */
  *push(bytes: Uint8Array): Generator<HarRecord> {
    for (const cut of this.#scanner.push(bytes)) yield* this.#records(cut);
  }

  /** Returns the rest, when no more bytes come. */
  *end(): Generator<HarRecord> {
    for (const cut of this.#scanner.end()) {
      // An entry that is cut off is reported once, even if it holds something.
      for (const record of this.#records(cut)) if (record.kind !== 'passed_over') yield record;
    }
  }

  *#records(cut: CutEntry | Strange): Generator<HarRecord> {
    const { line } = cut;
    if (cut.kind !== 'entry') {
      const [code, message] = strangeMessages[cut.kind];
      yield { kind: 'broken', line, text: '', code, message };
      return;
    }
    const [request, started, messages] = ['request', 'startedDateTime', '_webSocketMessages'].map((name) =>
      this.#member(cut, name),
    );
    let found = 0;
    for (const member of [request, messages]) {
      if (!member || !('code' in member)) continue;
      found++;
      yield { kind: 'broken', line, text: '', ...member };
    }
    const recordedAt =
      started && 'value' in started && typeof started.value === 'string' ? timeOf(started.value) : null;
    for (const finding of findingsIn(valueOf(request), valueOf(messages), this.#limits.nesting)) {
      found++;
      yield finding.kind === 'broken' ? { ...finding, line } : { ...finding, line, recordedAt };
    }
    if (found === 0) yield { kind: 'passed_over', line };
  }

  #member({ members }: CutEntry, name: string): Member {
    const bytes = members.get(name);
    if (bytes === undefined) return { value: undefined };
    if (bytes === null)
      return {
        code: 'line_too_long',
        message: `The ${name} of this entry is larger than ${this.#limits.lineBytes} bytes: raise DENDRO_MAX_LINE_BYTES if it holds events.`,
      };
    if (!isUtf8(bytes))
      return {
        code: 'invalid_utf8',
        message: `The ${name} of this entry is not valid UTF-8: the file is damaged here.`,
      };
    const { nesting } = this.#limits;
    const result = readJson(Buffer.from(bytes).toString('utf8'), nesting);
    return result.ok
      ? { value: result.value }
      : { code: result.code, message: problemMessage(name, result.code, nesting) };
  }
}

const valueOf = (member: Member | undefined): unknown => (member && 'value' in member ? member.value : undefined);

function timeOf(text: string): number | null {
  const time = Date.parse(text);
  return Number.isFinite(time) && time > 0 ? time : null;
}

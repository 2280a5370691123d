import { UnpackFailure } from '../formats/container/failure.ts';
import type { UnpackLimits } from '../formats/container/meter.ts';
import { unpack, type Contained } from '../formats/container/unpack.ts';
import type { LogLimits } from '../formats/log-items.ts';
import { LogDigest, sha256Of } from './log-digest.ts';
import type { Answer, AskedLog, PassedOver, Segment, UnreadLog } from './log-reading.ts';
import { LogReader, segmentBytes } from './read-log.ts';
import { namesThreads } from './session-index-file.ts';

export type ReadLimits = LogLimits & UnpackLimits;

/**
 * A log of at most this many bytes is held in memory until it is known if it is in already. A larger one is read at
 * once, and is a batch of its own.
 */
const heldBytes = 4 << 20;
/** Several logs are asked about at once: when they reach this many bytes, or this many logs. */
const askedBytes = 8 << 20;
const askedLogs = 64;
/**
 * A batch is handed on after this many logs, or after `segmentBytes`, or when its oldest log has waited for this long,
 * in ms.
 */
const batchLogs = 1000;
const batchMs = 2000;

/**
 * Reads a drop, one log or an archive of many, and hands it on in batches of whole logs. `ask` tells which logs are in.
 */
export interface DropRequest {
  readonly folder: string;
  readonly limits: ReadLimits;
  readonly ask: (logs: readonly AskedLog[]) => Promise<readonly Answer[]>;
  readonly give: (segment: Segment) => void;
}

interface HeldLog {
  readonly kind: 'held';
  readonly path: string | null;
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
  readonly sha256: string;
  readonly damage: UnpackFailure | null;
}
type NamedLog = Extract<Contained, { kind: 'known' }>;
const heldLog = (path: string | null, pieces: readonly Uint8Array[], damage: UnpackFailure | null): HeldLog => ({
  kind: 'held',
  path,
  pieces,
  bytes: pieces.reduce((sum, { length }) => sum + length, 0),
  sha256: sha256Of(pieces),
  damage,
});

/**
 * True for a packing that cannot be read at all. Of a file that is only damaged, everything before the damage is read.
 */
const refuses = ({ code }: UnpackFailure): boolean => code !== 'damaged_compression' && code !== 'damaged_archive';
/** Returns the damage that `error` reports. Throws any other error. */
function damageIn(error: unknown): UnpackFailure {
  if (!(error instanceof UnpackFailure) || refuses(error)) throw error;
  return error;
}

export class DropReader {
  readonly #request: DropRequest;
  readonly #reader: LogReader;
  #held: (HeldLog | NamedLog | PassedOver)[] = [];
  #heldBytes = 0;
  /** A log of names of threads, read after all others: it matters only for threads that are in. */
  #names: HeldLog | null = null;
  /** Logs of this drop by their digests. */
  readonly #seen = new Set<string>();
  #isReading = false;
  /** The arrival time of the first log of the batch. */
  #since: number | null = null;

  constructor(request: DropRequest) {
    this.#request = request;
    this.#reader = new LogReader(request);
  }

  get progress(): LogReader['progress'] {
    return this.#reader.progress;
  }

  async read(bytes: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const contained of unpack(bytes, this.#request.limits, this.#request.folder)) {
        if (contained.kind === 'passed_over') await this.#hold({ ...contained, detail: null, bytes: 0, lines: 0 });
        else if (contained.kind === 'known') await this.#hold(contained);
        else await this.#readLog(contained.path, contained.bytes);
      }
    } catch (error) {
      const damage = damageIn(error);
      // The archive itself is damaged after the entries that were read.
      await this.#hold(heldLog(null, [], damage));
    }
    await this.#settle();
    if (this.#names === null) return;
    this.#held.push(this.#names);
    await this.#settle();
  }

  /** Ends the drop: hands on the last batch. */
  end(): void {
    this.#request.give(this.#reader.endBatch(true));
  }

  /** Call it while the sender is silent: whole logs go on to the store when they have waited for long enough. */
  async pause(): Promise<void> {
    if (this.#isReading || this.#since === null || performance.now() - this.#since < batchMs) return;
    await this.#settle();
    this.#endBatch();
  }

  destroy(): void {
    this.#reader.destroy();
  }

  async #readLog(path: string | null, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    let large: { readonly digest: LogDigest } | null = null;
    let damage: UnpackFailure | null = null;
    try {
      for await (const piece of bytes) {
        if (large) this.#push(large.digest, piece);
        else {
          pieces.push(piece);
          length += piece.length;
          if (length > heldBytes) large = await this.#beginLarge(path, pieces);
        }
      }
    } catch (error) {
      damage = damageIn(error);
    }
    if (!large && this.#names === null && path !== null && namesThreads(path)) {
      this.#names = heldLog(path, pieces, damage);
      return;
    }
    if (!large) {
      await this.#hold(heldLog(path, pieces, damage));
      return;
    }
    const digest = large.digest.end();
    this.#seen.add(digest.sha256);
    this.#reader.finish(digest, damage);
    this.#isReading = false;
    // A log that was sent alone comes in all at once.
    if (path !== null) this.#endBatch();
  }

  async #beginLarge(path: string | null, pieces: readonly Uint8Array[]): Promise<{ readonly digest: LogDigest }> {
    await this.#settle();
    this.#endBatch();
    const [answer] = await this.#request.ask([{ path, sha256: null }]);
    this.#isReading = true;
    this.#reader.begin(path);
    const digest = new LogDigest(answer?.current ?? null);
    for (const piece of pieces) this.#push(digest, piece);
    return { digest };
  }

  #push(digest: LogDigest, piece: Uint8Array): void {
    digest.update(piece);
    const segment = this.#reader.push(piece);
    if (segment) this.#request.give(segment);
  }

  async #hold(log: HeldLog | NamedLog | PassedOver): Promise<void> {
    this.#since ??= performance.now();
    this.#held.push(log);
    if (log.kind === 'held') this.#heldBytes += log.bytes;
    if (this.#heldBytes >= askedBytes || this.#held.length >= askedLogs) await this.#settle();
    await this.pause();
  }

  /** Reads the held logs that are not in already. */
  async #settle(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    const asked = held.filter((log) => log.kind !== 'passed_over').map(({ path, sha256 }) => ({ path, sha256 }));
    const answers = (asked.length === 0 ? [] : await this.#request.ask(asked)).values();
    for (const log of held) {
      if (log.kind === 'passed_over') this.#reader.add(log);
      else {
        const answer = answers.next().value ?? { knownIn: null, current: null };
        if (log.kind === 'known') this.#reader.add(this.#named(log, answer));
        else this.#readHeld(log, answer);
      }
      const { logs: count, bytes } = this.#reader.batch;
      if (count >= batchLogs || bytes >= segmentBytes) this.#endBatch();
    }
  }

  /** Returns the result of a log sent without bytes. Throws when it was deleted since its sender asked. */
  #named({ path, bytes, sha256 }: NamedLog, { knownIn }: Answer): UnreadLog {
    if (knownIn === null && !this.#seen.has(sha256))
      throw new UnpackFailure('not_sent', `Dendro no longer has ${path}. Send all of it again, with its bytes.`);
    return { kind: 'already_in', path, sha256, bytes, importId: knownIn };
  }

  #readHeld({ path, pieces, bytes, sha256, damage }: HeldLog, { knownIn, current }: Answer): void {
    // Damage is reported each time.
    if (damage === null && (knownIn !== null || this.#seen.has(sha256))) {
      this.#reader.add({ kind: 'already_in', path, sha256, bytes, importId: knownIn });
      return;
    }
    const fed = new LogDigest(current, sha256);
    for (const piece of pieces) fed.update(piece);
    const digest = fed.end();
    if (digest.laterIn !== null && damage === null) {
      this.#reader.add({ kind: 'already_in', path, sha256, bytes, importId: digest.laterIn });
      return;
    }
    this.#seen.add(sha256);
    this.#reader.begin(path);
    for (const piece of pieces) {
      const segment = this.#reader.push(piece);
      if (segment) this.#request.give(segment);
    }
    this.#reader.finish(digest, damage);
  }

  #endBatch(): void {
    this.#since = this.#held.length > 0 ? performance.now() : null;
    if (this.#reader.batch.logs > 0) this.#request.give(this.#reader.endBatch(false));
  }
}

import { Worker } from 'node:worker_threads';
import type { LogReading, Segment } from './log-reading.ts';
import type { Progress } from './progress.ts';
import type { FromReader, ReadLimits, ToReader } from './reader-thread.ts';

/** Logs read at a time. Each thread takes about 100 MB, and there are few cores; further logs wait. */
const threads = 2;
/** Bytes go to the thread in pieces of this size, and at most so many are on the way: memory stays bounded when reading is slower than sending. */
const pieceBytes = 1 << 22;
const piecesOnTheWay = 4;
/** In MB. Parsing makes short-lived objects: with V8's default of 48 MB a third of the time went into copying those still alive. */
const youngGeneration = 96;

export interface ReadRequest {
  readonly folder: string;
  readonly limits: ReadLimits;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly onProgress: (progress: Progress) => void;
  readonly onSegment: (segment: Segment, last: boolean) => void;
}

/** The bytes are not read, for a reason that the user can do something about. */
export class ReadRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One thread, reading one log at a time. */
class ReaderThread {
  #worker = new Worker(new URL('./reader-thread.ts', import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } });
  #onMessage: (message: FromReader) => void = () => undefined;
  #onError: (error: Error) => void = () => undefined;
  dead = false;

  constructor() {
    this.#worker.unref();
    this.#worker.on('message', (message: FromReader) => this.#onMessage(message));
    this.#worker.on('error', (error) => {
      this.dead = true;
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    });
  }

  /** Rejects when the bytes cannot be had, or with the thread's own failure. */
  async read({ folder, limits, bytes, onProgress, onSegment }: ReadRequest): Promise<LogReading> {
    let onTheWay = 0;
    let room = Promise.withResolvers<void>();
    const finished = Promise.withResolvers<LogReading>();
    finished.promise.catch(() => undefined);
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => undefined);
    this.#onError = failed.reject;
    this.#onMessage = (message) => {
      if (message.kind === 'taken') {
        onTheWay--;
        room.resolve();
        onProgress(message.progress);
      } else if (message.kind === 'segment') onSegment(message.segment, false);
      else if (message.kind === 'read') {
        onSegment(message.segment, true);
        finished.resolve(message.reading);
      } else failed.reject(message.kind === 'refused' ? new ReadRefused(message.code, message.message) : new Error(message.message));
    };
    this.#send({ kind: 'open', folder, limits });
    try {
      for await (const piece of pieces(bytes)) {
        if (onTheWay >= piecesOnTheWay) {
          room = Promise.withResolvers();
          await Promise.race([room.promise, failed.promise]);
        }
        onTheWay++;
        this.#send({ kind: 'bytes', bytes: piece }, [piece.buffer]);
      }
      this.#send({ kind: 'end' });
      return await Promise.race([finished.promise, failed.promise]);
    } catch (error) {
      this.#send({ kind: 'cancel' });
      throw error;
    }
  }

  #send(message: ToReader, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

type Piece = Uint8Array<ArrayBuffer>;
function join(parts: readonly Uint8Array[], length: number): Piece {
  const piece = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    piece.set(part, at);
    at += part.length;
  }
  return piece;
}

/** The bytes in pieces of their own memory, so that they can be handed over rather than copied. */
async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.length;
    if (length < pieceBytes) continue;
    yield join(parts, length);
    parts = [];
    length = 0;
  }
  if (length > 0) yield join(parts, length);
}

/** Reads logs on threads of their own, so that pages are answered meanwhile. */
export class ReaderPool {
  #idle: ReaderThread[] = [];
  #count = 0;
  #waiting: ((thread: ReaderThread) => void)[] = [];

  async read(request: ReadRequest): Promise<LogReading> {
    const thread = await this.#borrow();
    try {
      return await thread.read(request);
    } finally {
      this.#giveBack(thread);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.map((thread) => thread.close()));
  }

  #borrow(): Promise<ReaderThread> {
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.#count < threads) {
      this.#count++;
      return Promise.resolve(new ReaderThread());
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(thread: ReaderThread): void {
    const usable = thread.dead ? new ReaderThread() : thread;
    const next = this.#waiting.shift();
    if (next) next(usable);
    else this.#idle.push(usable);
  }
}

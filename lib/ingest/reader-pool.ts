import { Worker } from 'node:worker_threads';
import type { LogReading, Segment } from './log-reading.ts';
import type { Progress } from './progress.ts';
import type { FromReader, ReadLimits, ToReader } from './reader-thread.ts';
import { sharedMemory, SharedPieces } from './shared-pieces.ts';

/** Logs read at a time. Each thread takes about 100 MB, and there are few cores; further logs wait. */
const threads = 2;
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

/** One thread, reading one log at a time. It holds the process only while it reads. */
class ReaderThread {
  #worker = new Worker(new URL('./reader-thread.ts', import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } });
  #onMessage: (message: FromReader) => void = () => undefined;
  #onError: (error: Error) => void = () => undefined;
  readonly #memory = sharedMemory();
  dead = false;

  constructor() {
    this.#worker.on('message', (message: FromReader) => this.#onMessage(message));
    this.#worker.on('error', (error) => {
      this.dead = true;
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    });
    // After the listeners: the first of them holds the process again.
    this.#worker.unref();
  }

  /** Rejects when the bytes cannot be had, or with the thread's own failure. */
  async read(request: ReadRequest): Promise<LogReading> {
    this.#worker.ref();
    try {
      return await this.#read(request);
    } finally {
      this.#worker.unref();
    }
  }

  async #read({ folder, limits, bytes, onProgress, onSegment }: ReadRequest): Promise<LogReading> {
    const pieces = new SharedPieces(this.#memory);
    const finished = Promise.withResolvers<LogReading>();
    finished.promise.catch(() => undefined);
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => undefined);
    const ended = Promise.withResolvers<void>();
    this.#onError = (error) => {
      failed.reject(error);
      ended.resolve();
    };
    this.#onMessage = (message) => {
      if (message.kind === 'taken') {
        pieces.taken();
        onProgress(message.progress);
      } else if (message.kind === 'segment') onSegment(message.segment, false);
      else {
        ended.resolve();
        if (message.kind === 'read') {
          onSegment(message.segment, true);
          finished.resolve(message.reading);
        } else failed.reject(message.kind === 'refused' ? new ReadRefused(message.code, message.message) : new Error(message.message));
      }
    };
    this.#send({ kind: 'open', folder, limits });
    try {
      for await (const piece of pieces.filledWith(bytes, failed.promise)) this.#send({ kind: 'bytes', bytes: piece });
      this.#send({ kind: 'end' });
      return await Promise.race([finished.promise, failed.promise]);
    } catch (error) {
      this.#send({ kind: 'cancel' });
      // The next log must not be written over pieces that the thread still reads.
      await ended.promise;
      throw error;
    }
  }

  #send(message: ToReader): void {
    this.#worker.postMessage(message);
  }
}

/** Another thread in place of one that has died, which it may do while it is idle, too. */
const living = (thread: ReaderThread): ReaderThread => (thread.dead ? new ReaderThread() : thread);

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

  #borrow(): Promise<ReaderThread> {
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(living(idle));
    if (this.#count < threads) {
      this.#count++;
      return Promise.resolve(new ReaderThread());
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(thread: ReaderThread): void {
    const next = this.#waiting.shift();
    if (next) next(living(thread));
    else this.#idle.push(thread);
  }
}

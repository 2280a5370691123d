import { Worker } from 'node:worker_threads';
import type { Answer, AskedLog, Segment } from './log-reading.ts';
import type { ReadLimits } from './read-drop.ts';
import type { FromReader, ToReader } from './reader-thread.ts';
import { sharedMemory, SharedPieces } from './shared-pieces.ts';

/** Logs read at a time; others wait. Each thread takes about 100 MB, and there are few cores. */
const threads = 2;
/**
 * One more thread reads whole logs while all others hold logs that are still being sent: senders decide how long those
 * take.
 */
const spareThreads = 1;
/** After this many bytes most of a thread's memory is garbage. */
const mostRead = 1 << 26;
/** In MB. Parsing makes short-lived objects: V8's default of 48 MB spent a third of the time on copying live ones. */
const youngGeneration = 96;

export interface ReadRequest {
  readonly folder: string;
  readonly limits: ReadLimits;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** True if all bytes are at hand: a thread that reads them waits for no sender. */
  readonly whole: boolean;
  /** Called when a thread begins to read. */
  readonly onBegun: () => void;
  readonly onProgress: (progress: Extract<FromReader, { kind: 'taken' }>['progress']) => void;
  readonly onSegment: (segment: Segment) => void;
  /** Tells which logs are in. When it rejects, reading ends. */
  readonly ask: (logs: readonly AskedLog[]) => Promise<readonly Answer[]>;
}

/** The bytes are not read, for a reason that the user can remove. */
export class ReadRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One thread, reading one log at a time. It keeps the process alive only while it reads. */
class ReaderThread {
  #worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
  });
  #onMessage: (message: FromReader) => void = () => undefined;
  #onError: (error: Error) => void = () => undefined;
  readonly #memory = sharedMemory();
  #bytesRead = 0;
  dead = false;

  constructor() {
    this.#worker.on('message', (message: FromReader) => this.#onMessage(message));
    this.#worker.on('error', (error) => {
      this.dead = true;
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    });
    // After the listeners: the first of them keeps the process alive again.
    this.#worker.unref();
  }

  /**
   * Resolves when all segments were handed on. Rejects when the bytes cannot be read, or with the thread's own failure.
   */
  async read(request: ReadRequest): Promise<void> {
    this.#worker.ref();
    try {
      return await this.#read(request);
    } finally {
      this.#worker.unref();
    }
  }

  /** Ends the thread when it has read much; the next log starts another one. Call it while it is idle. */
  retire(): void {
    if (this.#bytesRead < mostRead) return;
    this.dead = true;
    void this.#worker.terminate();
  }

  async #read({ folder, limits, bytes, onProgress, onSegment, ask }: ReadRequest): Promise<void> {
    const pieces = new SharedPieces(this.#memory);
    const finished = Promise.withResolvers<void>();
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
      } else if (message.kind === 'segment') onSegment(message.segment);
      else if (message.kind === 'ask') {
        void ask(message.logs)
          .catch((error: unknown) => {
            failed.reject(error instanceof Error ? error : new Error(String(error)));
            return message.logs.map(() => ({ knownIn: null, current: null }));
          })
          .then((answers) => this.#send({ kind: 'answer', answers }));
      } else {
        ended.resolve();
        if (message.kind === 'read') finished.resolve();
        else
          failed.reject(
            message.kind === 'refused' ? new ReadRefused(message.code, message.message) : new Error(message.message),
          );
      }
    };
    this.#send({ kind: 'open', folder, limits });
    try {
      for await (const piece of pieces.filledWith(bytes, failed.promise)) {
        this.#bytesRead += piece.length;
        this.#send({ kind: 'bytes', bytes: piece });
      }
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

/** Replaces a thread that has died, which may also happen while it is idle. */
const living = (thread: ReaderThread): ReaderThread => (thread.dead ? new ReaderThread() : thread);

interface Waiting {
  readonly whole: boolean;
  readonly take: (thread: ReaderThread) => void;
}

/** Reads logs on separate threads, so that pages are answered meanwhile. */
export class ReaderPool {
  #idle: ReaderThread[] = [];
  #waiting: Waiting[] = [];
  /** Threads that read whole logs, and logs that are still being sent. */
  readonly #busy = { whole: 0, coming: 0 };

  async read(request: ReadRequest): Promise<void> {
    const kind = request.whole ? 'whole' : 'coming';
    const thread = await this.#borrow(request.whole);
    try {
      request.onBegun();
      return await thread.read(request);
    } finally {
      this.#busy[kind]--;
      thread.retire();
      this.#idle.push(thread);
      this.#serve();
    }
  }

  #borrow(whole: boolean): Promise<ReaderThread> {
    const { promise, resolve } = Promise.withResolvers<ReaderThread>();
    this.#waiting.push({ whole, take: resolve });
    this.#serve();
    return promise;
  }

  /** Gives free threads to those who wait. */
  #serve(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#busy[next.whole ? 'whole' : 'coming']++;
      const idle = this.#idle.pop();
      next.take(idle ? living(idle) : new ReaderThread());
    }
  }

  /** Returns the first that waits, or the first that may use the spare thread. */
  #next(): Waiting | undefined {
    const { whole, coming } = this.#busy;
    if (whole + coming < threads) return this.#waiting[0];
    return coming === threads && whole < spareThreads ? this.#waiting.find((each) => each.whole) : undefined;
  }
}

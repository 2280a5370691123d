import { createGunzip, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { UnpackFailure } from './failure.ts';
import type { UnpackMeter } from './meter.ts';

export type Compression = 'gzip' | 'zstd' | 'deflate';

/** Output waits until it is read, so that nothing good is lost when an error comes behind it. */
const options = { readableHighWaterMark: 1, chunkSize: 32 << 10 };
const engines = {
  gzip: () => createGunzip(options),
  zstd: () => createZstdDecompress(options),
  deflate: () => createInflateRaw(options),
} as const;

/** Bytes that are given to the decompressor at once. */
const stepBytes = 64 << 10;

const damaged = (what: string): UnpackFailure => new UnpackFailure('damaged_compression', `${what} What came before it was read; pack or send the file again for the rest.`);

/**
 * One gzip stream, zstd frame or deflate stream after the other, pulled step by step. Node's zstd decompressor stops behind a frame when more
 * bytes came with its end, so the rest is given to a new one.
 */
class Engine {
  readonly #engine: ReturnType<(typeof engines)[Compression]>;
  #change = Promise.withResolvers<void>();
  #ended = false;
  #failed = false;
  #given = 0;

  constructor(compression: Compression) {
    this.#engine = engines[compression]();
    const wake = (): void => this.#change.resolve();
    this.#engine.on('readable', wake);
    this.#engine.on('end', () => {
      this.#ended = true;
      wake();
    });
    this.#engine.on('error', () => {
      this.#failed = true;
      wake();
    });
  }

  /** What `piece` gives. Throws `damaged_compression`. */
  async *feed(piece: Uint8Array): AsyncGenerator<Uint8Array> {
    let taken = false;
    this.#engine.write(piece, (error) => {
      if (error) this.#failed = true;
      taken = true;
      this.#change.resolve();
    });
    this.#given += piece.length;
    yield* this.#output(() => taken);
  }

  /** How many of the bytes that were fed lie behind the end of the stream. When it is 0, the stream may still go on. */
  get behindEnd(): number {
    return this.#given - this.#engine.bytesWritten;
  }

  /** The rest, when no more bytes come. Throws `damaged_compression` when the stream is not whole. */
  async *finish(): AsyncGenerator<Uint8Array> {
    this.#engine.end();
    yield* this.#output(() => false);
  }

  async *#output(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      this.#change = Promise.withResolvers();
      const output: unknown = this.#failed ? null : this.#engine.read();
      if (output instanceof Uint8Array) yield output;
      else if (this.#failed) throw damaged(this.#engine.writableEnded ? 'The compressed data ends too early: it was cut off.' : 'The compressed data is damaged.');
      else if (this.#ended || isDone()) return;
      else await this.#change.promise;
    }
  }

  destroy(): void {
    this.#engine.destroy();
  }
}

const isZeros = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/**
 * The decompressed bytes of `packed`, concatenated members and frames too. Of damaged data, all is given that was good, but for at most 32 KB
 * right before the damage; then `damaged_compression` is thrown. Memory is bounded by the decompressor's window.
 */
export async function* decompress(packed: ByteSource, compression: Compression, meter: UnpackMeter): AsyncGenerator<Uint8Array> {
  let engine = new Engine(compression);
  let [taken, given] = [0, 0];
  try {
    for (let piece = await packed.take(stepBytes); piece; piece = await packed.take(stepBytes)) {
      taken += piece.length;
      for (let rest = piece; rest.length > 0;) {
        if (engine.behindEnd > 0) {
          // Tapes and block devices pad gzip files with zeros.
          if (compression === 'gzip' && isZeros(rest)) break;
          if (compression !== 'zstd') throw damaged('Bytes that belong to nothing follow the compressed data.');
          engine.destroy();
          engine = new Engine(compression);
        }
        for await (const output of engine.feed(rest)) {
          given += output.length;
          meter.addUnpacked(output.length, taken, given);
          yield output;
        }
        rest = rest.subarray(rest.length - engine.behindEnd);
      }
    }
    if (engine.behindEnd === 0) {
      for await (const output of engine.finish()) {
        given += output.length;
        meter.addUnpacked(output.length, taken, given);
        yield output;
      }
    }
  } finally {
    engine.destroy();
    await packed.close();
  }
}

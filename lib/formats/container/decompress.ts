import { crc32, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { UnpackFailure } from './failure.ts';
import type { UnpackMeter } from './meter.ts';

export type Compression = 'gzip' | 'zstd' | 'deflate';
type StreamCompression = Exclude<Compression, 'gzip'>;

/** Output waits until it is read, so that an error does not lose the good bytes before it. */
const options = { readableHighWaterMark: 1, chunkSize: 32 << 10 };
const engines = {
  zstd: () => createZstdDecompress(options),
  deflate: () => createInflateRaw(options),
} as const;

/** Bytes that the decompressor gets at once. */
const stepBytes = 64 << 10;

const damaged = (what: string): UnpackFailure =>
  new UnpackFailure(
    'damaged_compression',
    `${what} Everything before that was read. Compress or send the file again for the rest.`,
  );

/**
 * Decompresses zstd frames or deflate streams one after another, step by step. Node's zstd decompressor stops after a
 * frame when more bytes came with its end, so the rest goes to a new one.
 */
class Engine {
  readonly #engine: ReturnType<(typeof engines)[StreamCompression]>;
  #change = Promise.withResolvers<void>();
  #ended = false;
  #failed = false;
  #given = 0;

  constructor(compression: StreamCompression) {
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

  /** Decompresses `piece`. Throws `damaged_compression`. */
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

  /**
   * How many of the bytes that were fed lie after the end of the stream. When it is 0, the stream may still continue.
   */
  get behindEnd(): number {
    return this.#given - this.#engine.bytesWritten;
  }

  /** Returns the rest, when no more bytes come. Throws `damaged_compression` when the stream is not whole. */
  async *finish(): AsyncGenerator<Uint8Array> {
    this.#engine.end();
    yield* this.#output(() => false);
  }

  async *#output(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      this.#change = Promise.withResolvers();
      const output: unknown = this.#failed ? null : this.#engine.read();
      if (output instanceof Uint8Array) yield output;
      else if (this.#failed)
        throw damaged(
          this.#engine.writableEnded
            ? 'The compressed data ends too early: it was cut off.'
            : 'The compressed data is damaged.',
        );
      else if (this.#ended || isDone()) return;
      else await this.#change.promise;
    }
  }

  destroy(): void {
    this.#engine.destroy();
  }
}

/** Counts what comes in and goes out, and tells the meter. */
class Flow {
  readonly #meter: UnpackMeter;
  readonly #packed: ByteSource;
  #taken = 0;
  #given = 0;

  constructor(packed: ByteSource, meter: UnpackMeter) {
    this.#packed = packed;
    this.#meter = meter;
  }

  async take(): Promise<Uint8Array | null> {
    const piece = await this.#packed.take(stepBytes);
    this.#taken += piece?.length ?? 0;
    return piece;
  }

  putBack(bytes: Uint8Array): void {
    this.#packed.putBack(bytes);
    this.#taken -= bytes.length;
  }

  isOver(): Promise<boolean> {
    return this.#packed.isEmpty();
  }

  /** The next bytes, or null when the end comes before. */
  async takeAll(count: number): Promise<Uint8Array | null> {
    const bytes = await this.#packed.takeAll(count);
    this.#taken += bytes?.length ?? 0;
    return bytes;
  }

  async *counted(outputs: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const output of outputs) {
      this.#given += output.length;
      this.#meter.addUnpacked(output.length, this.#taken, this.#given);
      yield output;
    }
  }
}

/** Reads one stream and puts the bytes after it back. */
async function* oneStream(flow: Flow, compression: StreamCompression): AsyncGenerator<Uint8Array> {
  const engine = new Engine(compression);
  try {
    for (let piece = await flow.take(); piece; piece = await flow.take()) {
      yield* flow.counted(engine.feed(piece));
      if (engine.behindEnd === 0) continue;
      flow.putBack(piece.subarray(piece.length - engine.behindEnd));
      return;
    }
    yield* flow.counted(engine.finish());
  } finally {
    engine.destroy();
  }
}

const foreign = (): UnpackFailure => damaged('Unexpected bytes follow the compressed data.');

/** Skips zeros, with which tapes and block devices pad their files. Returns the bytes after them, or null. */
async function behindZeros(flow: Flow): Promise<Uint8Array | null> {
  for (let piece = await flow.take(); piece; piece = await flow.take()) {
    const at = piece.findIndex((byte) => byte !== 0);
    if (at >= 0) return piece.subarray(at);
  }
  return null;
}

const [headerBytes, trailerBytes, longestField] = [10, 8, 1 << 16];
const flags = { checksum: 2, extra: 4, name: 8, comment: 16 } as const;

/** Skips the header of a gzip member. False when no member begins here, or its header is incomplete. */
async function skipHeader(flow: Flow): Promise<boolean> {
  const header = await flow.takeAll(headerBytes);
  if (header?.[0] !== 0x1f || header[1] !== 0x8b || header[2] !== 8) return false;
  const set = header[3] ?? 0;
  if ((set & flags.extra) !== 0) {
    const size = await flow.takeAll(2);
    if (!size || !(await flow.takeAll((size[0] ?? 0) + (size[1] ?? 0) * 256))) return false;
  }
  for (const text of [flags.name, flags.comment]) {
    for (let left = (set & text) === 0 ? 0 : longestField; left > 0; left--) {
      const byte = await flow.takeAll(1);
      if (!byte || left === 1) return false;
      if (byte[0] === 0) break;
    }
  }
  return (set & flags.checksum) === 0 || (await flow.takeAll(2)) !== null;
}

/**
 * Decompresses the members of a gzip file one by one: Node loses the output of a member when anything but another
 * member follows in the same piece of bytes.
 */
async function* gunzip(flow: Flow): AsyncGenerator<Uint8Array> {
  for (let members = 0; ; members++) {
    if (members > 0) {
      const rest = await behindZeros(flow);
      if (!rest) return;
      flow.putBack(rest);
    }
    if (!(await skipHeader(flow)))
      throw members === 0 ? damaged('The compressed data ends too early: it was cut off.') : foreign();
    let [size, checksum] = [0, 0];
    for await (const output of oneStream(flow, 'deflate')) {
      size += output.length;
      checksum = crc32(output, checksum);
      yield output;
    }
    const trailer = await flow.takeAll(trailerBytes);
    if (!trailer) throw damaged('The compressed data ends too early: it was cut off.');
    const view = new DataView(trailer.buffer, trailer.byteOffset, trailerBytes);
    if (view.getUint32(0, true) !== checksum || view.getUint32(4, true) !== size % 2 ** 32)
      throw damaged('The compressed data is damaged.');
  }
}

async function* zstdFrames(flow: Flow): AsyncGenerator<Uint8Array> {
  while (!(await flow.isOver())) yield* oneStream(flow, 'zstd');
}

async function* deflated(flow: Flow): AsyncGenerator<Uint8Array> {
  yield* oneStream(flow, 'deflate');
  if (!(await flow.isOver())) throw foreign();
}

const ways = { gzip: gunzip, zstd: zstdFrames, deflate: deflated } as const;

/**
 * Returns the decompressed bytes of `packed`, which may be several members or frames. Of damaged data it returns all
 * good bytes, except at most 32 KB right before the damage, then throws `damaged_compression`. Memory is bounded by the
 * decompressor's window.
 */
export async function* decompress(
  packed: ByteSource,
  compression: Compression,
  meter: UnpackMeter,
): AsyncGenerator<Uint8Array> {
  try {
    yield* ways[compression](new Flow(packed, meter));
  } finally {
    await packed.close();
  }
}

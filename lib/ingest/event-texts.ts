import { closeSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, crc32, zstdCompress } from 'node:zlib';

const compress = promisify(zstdCompress);
/** Small enough that showing one event reads little (about 1 ms), large enough that its neighbours make it compress about 20 to 1. */
const blockBytes = 1 << 19;
/** Blocks being compressed at a time, on the pool's threads while the reader goes on. */
const inFlight = 4;

/** Where a text is, in bytes, and the CRC-32 of its bytes. */
export interface TextPlace { readonly block: number; readonly start: number; readonly length: number; readonly checksum: number }

/** Collects the texts of a log's records into compressed blocks, numbered from `firstBlock`, and writes these to one file, each behind its length. */
export class EventTextWriter {
  readonly file: string;
  readonly firstBlock: number;
  readonly #handle: number;
  #block: number;
  #buffer = Buffer.allocUnsafeSlow(blockBytes);
  /** Of blocks that are compressed: they are used again. */
  readonly #spare: Buffer<ArrayBuffer>[] = [];
  #used = 0;
  #jobs: Promise<void>[] = [];
  #lastJob: Promise<void> = Promise.resolve();

  constructor(file: string, firstBlock: number) {
    this.file = file;
    this.firstBlock = firstBlock;
    this.#block = firstBlock;
    this.#handle = openSync(file, 'w');
  }

  /** The number of the block after the last one, once `end` has resolved. */
  get nextBlock(): number {
    return this.#block;
  }

  add(text: string): TextPlace {
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    this.#makeRoom(text.length * 3);
    return this.#added(this.#buffer.write(text, this.#used));
  }

  /** The text that `bytes` hold from `start` to `end`. */
  addBytes(bytes: Buffer, start: number, end: number): TextPlace {
    this.#makeRoom(end - start);
    return this.#added(bytes.copy(this.#buffer, this.#used, start, end));
  }

  #makeRoom(most: number): void {
    if (this.#used + most > this.#buffer.length) this.#finishBlock(most);
  }

  #added(length: number): TextPlace {
    const start = this.#used;
    this.#used += length;
    return { block: this.#block, start, length, checksum: crc32(this.#buffer.subarray(start, this.#used)) };
  }

  async ready(): Promise<void> {
    while (this.#jobs.length >= inFlight) await this.#jobs.shift();
  }

  async end(): Promise<void> {
    try {
      this.#finishBlock(0);
      await this.#lastJob;
    } finally {
      closeSync(this.#handle);
    }
  }

  /** Lets go of a file that is not wanted any more. */
  async destroy(): Promise<void> {
    await this.#lastJob.catch(() => undefined);
    closeSync(this.#handle);
  }

  #finishBlock(room: number): void {
    if (this.#used > 0) {
      const block = this.#buffer;
      const compressed = compress(block.subarray(0, this.#used), { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
      const job = this.#lastJob.then(async () => {
        this.#write(await compressed);
        if (block.length === blockBytes) this.#spare.push(block);
      });
      // `ready` and `end` await the jobs; this only keeps an early failure from being "unhandled" until then.
      job.catch(() => undefined);
      this.#lastJob = job;
      this.#jobs.push(job);
      this.#block++;
    }
    this.#buffer = (room <= blockBytes ? this.#spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(Math.max(blockBytes, room));
    this.#used = 0;
  }

  #write(compressed: Buffer): void {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(compressed.length);
    const bytes = Buffer.concat([length, compressed]);
    for (let from = 0; from < bytes.length;) from += writeSync(this.#handle, bytes, from);
  }
}

/** The blocks of such a file, in order. */
export async function* readBlocks(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(4);
    while ((await handle.read(head, 0, 4)).bytesRead === 4) {
      const block = Buffer.alloc(head.readUInt32LE());
      await handle.read(block, 0, block.length);
      yield block;
    }
  } finally {
    await handle.close();
  }
}

import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';

const compress = promisify(zstdCompress);
/** Small enough that showing one event reads little (under 1 ms), large enough that its neighbours make it compress about 20 to 1. */
const blockLength = 1 << 18;
/** Blocks being compressed at a time, on the pool's threads while the reader goes on. */
const inFlight = 4;

export interface TextPlace { readonly block: number; readonly start: number; readonly length: number }

/** Collects the texts of a log's records into compressed blocks, numbered from `firstBlock`, and writes these to one file, each behind its length. */
export class EventTextWriter {
  readonly file: string;
  readonly firstBlock: number;
  #block: number;
  #text = '';
  #stream: WriteStream;
  #jobs: Promise<void>[] = [];
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(file: string, firstBlock: number) {
    this.file = file;
    this.firstBlock = firstBlock;
    this.#block = firstBlock;
    this.#stream = createWriteStream(file);
    this.#stream.on('error', () => undefined);
  }

  /** The number of the block after the last one, once `end` has resolved. */
  get nextBlock(): number {
    return this.#block;
  }

  add(text: string): TextPlace {
    if (this.#text.length + text.length > blockLength && this.#text !== '') this.#finishBlock();
    const place = { block: this.#block, start: this.#text.length, length: text.length };
    this.#text += text;
    return place;
  }

  async ready(): Promise<void> {
    while (this.#jobs.length >= inFlight) await this.#jobs.shift();
  }

  async end(): Promise<void> {
    if (this.#text !== '') this.#finishBlock();
    await Promise.all(this.#jobs);
    await this.#lastWrite;
    this.#stream.end();
    await once(this.#stream, 'close');
    if (this.#stream.errored) throw this.#stream.errored;
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #finishBlock(): void {
    const compressed = compress(this.#text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    const before = this.#lastWrite;
    const job = before.then(async () => this.#write(await compressed));
    // `ready` and `end` await the jobs; this only keeps an early failure from being "unhandled" until then.
    job.catch(() => undefined);
    this.#lastWrite = job;
    this.#jobs.push(job);
    this.#block++;
    this.#text = '';
  }

  async #write(compressed: Buffer): Promise<void> {
    if (this.#stream.errored) throw this.#stream.errored;
    const length = Buffer.alloc(4);
    length.writeUInt32LE(compressed.length);
    this.#stream.write(length);
    if (!this.#stream.write(compressed)) await once(this.#stream, 'drain');
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

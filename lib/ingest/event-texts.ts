import { open } from 'node:fs/promises';
import { constants, crc32, zstdCompressSync } from 'node:zlib';
import { WrittenFile } from '../store/written-file.ts';

/**
 * Small enough that showing one event reads little (about 1 ms), large enough that its neighbours make it compress
 * about 20 to 1.
 */
const blockBytes = 1 << 19;
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 1 << 17 };

/** Where a text is, in bytes, and the CRC-32 of its bytes. */
export interface TextPlace {
  readonly block: number;
  readonly start: number;
  readonly length: number;
  readonly checksum: number;
}

/**
 * Collects the texts of a log's records into compressed blocks, numbered from `firstBlock`, and writes these to one
 * file, each after its length. Throws what the file system throws. Blocks are compressed at once: handing them to other
 * threads cost more than it saved.
 */
export class EventTextWriter {
  readonly firstBlock: number;
  readonly #file: WrittenFile;
  #block: number;
  #buffer = Buffer.allocUnsafeSlow(blockBytes);
  #used = 0;

  constructor(file: string, firstBlock: number) {
    this.#file = new WrittenFile(file);
    this.firstBlock = firstBlock;
    this.#block = firstBlock;
  }

  get file(): string {
    return this.#file.name;
  }

  /** The number of the block after the last one, after `end` or `endBlock`. */
  get nextBlock(): number {
    return this.#block;
  }

  add(text: string): TextPlace {
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    this.#makeRoom(text.length * 3);
    return this.#added(this.#buffer.write(text, this.#used));
  }

  /** Adds the text in `bytes` from `start` to `end`. */
  addBytes(bytes: Buffer, start: number, end: number): TextPlace {
    this.#makeRoom(end - start);
    return this.#added(bytes.copy(this.#buffer, this.#used, start, end));
  }

  /** Starts a new block for the next text. */
  endBlock(): void {
    this.#finishBlock();
  }

  end(): void {
    try {
      this.#finishBlock();
    } finally {
      this.destroy();
    }
  }

  /** Releases the file, also when it is not wanted any more. */
  destroy(): void {
    this.#file.close();
  }

  #makeRoom(most: number): void {
    if (this.#used + most <= this.#buffer.length) return;
    this.#finishBlock();
    const size = Math.max(blockBytes, most);
    if (size !== this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(size);
  }

  #added(length: number): TextPlace {
    const start = this.#used;
    this.#used += length;
    return { block: this.#block, start, length, checksum: crc32(this.#buffer.subarray(start, this.#used)) };
  }

  #finishBlock(): void {
    if (this.#used === 0) return;
    const compressed = zstdCompressSync(this.#buffer.subarray(0, this.#used), compression);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(compressed.length);
    this.#file.write(length);
    this.#file.write(compressed);
    this.#block++;
    this.#used = 0;
  }
}

/** Returns the blocks of such a file, in order. */
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

import { closeSync, openSync, writeSync } from 'node:fs';

/** A file that is written synchronously from beginning to end: every call throws what the file system throws. */
export class WrittenFile {
  readonly name: string;
  /** Null when it is closed. */
  #handle: number | null;

  constructor(name: string) {
    this.name = name;
    this.#handle = openSync(name, 'w');
  }

  /** Appends the first `length` of the bytes. */
  write(bytes: Uint8Array, length = bytes.length): void {
    if (this.#handle === null) throw new Error(`${this.name} is closed.`);
    for (let from = 0; from < length;) from += writeSync(this.#handle, bytes, from, length - from);
  }

  /** Does nothing when it is closed already. */
  close(): void {
    const handle = this.#handle;
    this.#handle = null;
    if (handle !== null) closeSync(handle);
  }
}

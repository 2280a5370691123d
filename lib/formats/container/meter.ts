import { UnpackFailure } from './failure.ts';

/** What the bytes of one upload may become. */
export interface UnpackLimits {
  /** Most bytes that all decompression together may give. */
  readonly unpackedBytes: number;
  /** Most bytes that one packed byte may give. Real logs stay below 50; a bomb is beyond 1,000. */
  readonly ratio: number;
  /** Most entries of an archive, those that are passed over included. */
  readonly entries: number;
}

/** Small files of zeros or of one repeated line reach any ratio and harm nobody: it counts from so many bytes on. */
const ratioFloor = 16 << 20;

/** Watches the limits of one upload over all its layers, because a bomb may hide its ratio in several. */
export class UnpackMeter {
  readonly #limits: UnpackLimits;
  readonly #received: () => number;
  #unpacked = 0;
  #entries = 0;

  /** `received` says how many bytes of the upload have come in. */
  constructor(limits: UnpackLimits, received: () => number) {
    this.#limits = limits;
    this.#received = received;
  }

  /** Counts an entry. Throws `too_many_entries`. */
  addEntry(): void {
    if (++this.#entries > this.#limits.entries) {
      throw new UnpackFailure(
        'too_many_entries',
        `The archive has more than ${this.#limits.entries} entries: split it into several archives.`,
      );
    }
  }

  /**
   * Counts what a layer gives: `piece` bytes more, so that it has made `unpacked` of `packed`. Throws
   * `unpacked_too_large` or `compression_ratio_too_high`.
   */
  addUnpacked(piece: number, packed: number, unpacked: number): void {
    const { unpackedBytes, ratio } = this.#limits;
    this.#unpacked += piece;
    if (this.#unpacked > unpackedBytes) {
      throw new UnpackFailure(
        'unpacked_too_large',
        `The file unpacks to more than ${unpackedBytes} bytes: unpack it yourself, and import its parts.`,
      );
    }
    if (
      (unpacked > ratioFloor && unpacked > packed * ratio) ||
      (this.#unpacked > ratioFloor && this.#unpacked > this.#received() * ratio)
    ) {
      throw new UnpackFailure(
        'compression_ratio_too_high',
        `The file unpacks to more than ${ratio} times its size, as no real log does: unpack it yourself if it is one.`,
      );
    }
  }
}

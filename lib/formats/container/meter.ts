import { UnpackFailure } from './failure.ts';

/** The limits of one upload. */
export interface UnpackLimits {
  /** Most bytes that all decompression together may produce. */
  readonly unpackedBytes: number;
  /** Most bytes that one packed byte may become. Real logs stay below 50; a bomb is beyond 1,000. */
  readonly ratio: number;
  /** Most entries of an archive, skipped ones included. */
  readonly entries: number;
}

/** The ratio counts from this size on: small files of zeros or of one repeated line reach any ratio and do no harm. */
const ratioFloor = 16 << 20;

/** Watches the limits of one upload over all its layers, because a bomb may hide its ratio in several. */
export class UnpackMeter {
  readonly #limits: UnpackLimits;
  readonly #received: () => number;
  #unpacked = 0;
  #entries = 0;

  /** `received` returns how many bytes of the upload have come in. */
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
   * Counts the output of a layer: `piece` bytes more, `unpacked` of `packed` in all. Throws `unpacked_too_large` or
   * `compression_ratio_too_high`.
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
        `The file unpacks to more than ${ratio} times its size, which no real log does. If it is a log, unpack it first.`,
      );
    }
  }
}

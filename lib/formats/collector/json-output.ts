const hexadecimal = Buffer.from('0123456789abcdef');
const backslash = 92,
  letterU = 117,
  zero = 48;

/** 1 for control characters, backslashes and quotes of both kinds. */
const isSpecial = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 32 || [34, 39, backslash].includes(byte) ? 1 : 0,
);

/** Kept from one text to the next. A longer text gets a buffer of its own, which goes with it. */
const scratch = Buffer.allocUnsafeSlow(1 << 16);

/**
 * JSON text under construction, as UTF-8: writing bytes is faster than joining many short strings. One at a time: the
 * buffer is shared.
 */
export class JsonOutput {
  #bytes = scratch;
  #length = 0;

  put(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Puts the bytes from `start` up to one that a JSON or Python string cannot hold as it is; returns its position. */
  putPlain(bytes: Uint8Array, start: number): number {
    if (this.#length + bytes.length - start > this.#bytes.length) this.#grow(bytes.length - start);
    const target = this.#bytes;
    let length = this.#length;
    let at = start;
    for (let byte = bytes[at]; byte !== undefined && isSpecial[byte] === 0; byte = bytes[++at]) target[length++] = byte;
    this.#length = length;
    return at;
  }

  putAll(bytes: Uint8Array): void {
    for (const byte of bytes) this.put(byte);
  }

  /** A UTF-16 unit as `\uNNNN`. */
  putEscaped(unit: number): void {
    this.put(backslash);
    this.put(letterU);
    for (let shift = 12; shift >= 0; shift -= 4) this.put(hexadecimal[(unit >> shift) & 15] ?? zero);
  }

  toString(): string {
    return this.#bytes.toString('utf8', 0, this.#length);
  }

  #grow(wanted: number): void {
    const longer = Buffer.allocUnsafeSlow(this.#bytes.length * 2 + wanted);
    this.#bytes.copy(longer, 0, 0, this.#length);
    this.#bytes = longer;
  }
}

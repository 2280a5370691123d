import type { JsonOutput } from './json-output.ts';

const quote = 34,
  apostrophe = 39,
  backslash = 92,
  zero = 48,
  seven = 55;
/** The number of hexadecimal digits after `\x`, `\u` and `\U`. */
const digitsOf: ReadonlyMap<number, number> = new Map([
  [120, 2],
  [117, 4],
  [85, 8],
]);
/** `\b \f \n \r \t` mean the same in JSON, and so does a backslash before a backslash or a quotation mark. */
const shared: ReadonlySet<number> = new Set([98, 102, 110, 114, 116, backslash, quote]);
/** `\a` and `\v`. */
const controls: ReadonlyMap<number, number> = new Map([
  [97, 7],
  [118, 11],
]);
const letterN = 78;
const lastCodePoint = 0x10ffff;

function hexadecimalDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= zero && byte <= 57) return byte - zero;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The number that `count` hexadecimal digits name, or null when one of them is none. */
function hexadecimalAt(bytes: Uint8Array, from: number, count: number): number | null {
  let number = 0;
  for (let index = from; index < from + count; index++) {
    const digit = hexadecimalDigit(bytes[index]);
    if (digit < 0) return null;
    number = number * 16 + digit;
  }
  return number;
}

function putCodePoint(json: JsonOutput, point: number): void {
  if (point > 0xffff) {
    json.putEscaped(0xd7c0 + (point >> 10));
    json.putEscaped(0xdc00 + (point & 0x3ff));
  } else json.putEscaped(point);
}

function putOctal(json: JsonOutput, bytes: Uint8Array, from: number): number {
  let at = from;
  let number = 0;
  for (let byte = bytes[at]; byte !== undefined && byte >= zero && byte <= seven && at < from + 3; byte = bytes[++at])
    number = number * 8 + byte - zero;
  json.putEscaped(number);
  return at;
}

/**
 * Puts the meaning of the escape whose letter is at `at`. Returns the position after it, or null when Python does not
 * know it.
 */
function putEscape(json: JsonOutput, bytes: Uint8Array, at: number): number | null {
  const letter = bytes[at] ?? backslash;
  if (shared.has(letter)) {
    json.put(backslash);
    json.put(letter);
    return at + 1;
  }
  if (letter === apostrophe) {
    json.put(apostrophe);
    return at + 1;
  }
  const digits = digitsOf.get(letter);
  if (digits !== undefined) {
    const point = hexadecimalAt(bytes, at + 1, digits);
    if (point === null || point > lastCodePoint) return null;
    putCodePoint(json, point);
    return at + 1 + digits;
  }
  if (letter >= zero && letter <= seven) return putOctal(json, bytes, at);
  if (letter === letterN) return null;
  const control = controls.get(letter);
  if (control !== undefined) {
    json.putEscaped(control);
    return at + 1;
  }
  // Before any other letter the backslash is a backslash.
  json.put(backslash);
  json.put(backslash);
  return at;
}

/**
 * Puts the string whose opening quote, of either kind, is at `from`, as a JSON string. Returns the position after it,
 * or an error: `truncated` when the text ends within it, `invalid` for an escape that Python does not know. Linear.
 */
export function putPythonString(json: JsonOutput, bytes: Uint8Array, from: number): number | 'truncated' | 'invalid' {
  const closing = bytes[from];
  json.put(quote);
  let at = from + 1;
  for (;;) {
    at = json.putPlain(bytes, at);
    const byte = bytes[at];
    if (byte === undefined) return 'truncated';
    if (byte === closing) {
      json.put(quote);
      return at + 1;
    }
    if (byte === backslash) {
      const behind = putEscape(json, bytes, at + 1);
      if (behind === null) return isCutOff(bytes, at) ? 'truncated' : 'invalid';
      at = behind;
    } else {
      if (byte === apostrophe) json.put(byte);
      else json.putEscaped(byte);
      at++;
    }
  }
}

/** Tells if the text may end before the escape at `at` does: the longest has ten characters. */
const isCutOff = (bytes: Uint8Array, at: number): boolean =>
  at + 10 > bytes.length && bytes.indexOf(apostrophe, at) < 0 && bytes.indexOf(quote, at) < 0;

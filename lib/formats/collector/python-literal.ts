import { JsonOutput } from './json-output.ts';
import { putPythonString } from './python-string.ts';

/** The result of reading a literal. `truncated`: the text ends within it. */
export type PythonLiteral =
  | {
      readonly kind: 'read';
      /** Valid JSON. */ readonly json: string;
      /** The text after the literal. */ readonly rest: string;
    }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'invalid'; /** The position in the text of what is not understood. */ readonly at: number }
  | { readonly kind: 'nested_too_deep' };

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const word = (python: string, value: string, key: string) => ({
  python: bytesOf(python),
  value: bytesOf(value),
  key: bytesOf(`"${key}"`),
});
/**
 * JSON has no `nan` and no `inf`: such a value becomes null. As a key each has the name that Python's `json` gives it.
 */
const words = [
  word('None', 'null', 'null'),
  word('True', 'true', 'true'),
  word('False', 'false', 'false'),
  word('nan', 'null', 'NaN'),
  word('inf', 'null', 'Infinity'),
  word('-inf', 'null', '-Infinity'),
];

const quote = 34,
  apostrophe = 39,
  plus = 43,
  comma = 44,
  minus = 45,
  point = 46,
  zero = 48,
  colon = 58,
  letterB = 98;
const openParenthesis = 40,
  closeParenthesis = 41,
  openBracket = 91,
  closeBracket = 93,
  openBrace = 123,
  closeBrace = 125;
const isQuote = (byte: number | undefined): boolean => byte === apostrophe || byte === quote;
const isSpace = (byte: number | undefined): boolean => byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= 57;
const isOfToken = (byte: number | undefined): boolean =>
  byte !== undefined && /[\w.+-]/.test(String.fromCharCode(byte));
const isExponent = (byte: number | undefined): boolean => byte === 69 || byte === 101;

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

/** Returns the position after the number at `from`, as both Python and JSON write it. */
function numberEnd(bytes: Uint8Array, from: number): number {
  const start = bytes[from] === minus ? from + 1 : from;
  let end = bytes[start] === zero ? start + 1 : digitsEnd(bytes, start);
  if (bytes[end] === point) {
    const fraction = digitsEnd(bytes, end + 1);
    if (fraction > end + 1) end = fraction;
  }
  if (isExponent(bytes[end])) {
    const sign = bytes[end + 1];
    const first = end + (sign === plus || sign === minus ? 2 : 1);
    const exponent = digitsEnd(bytes, first);
    if (exponent > first) end = exponent;
  }
  return end;
}

function startsWith(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[from + index] !== wanted[index]) return false;
  return true;
}

interface Frame {
  readonly close: number;
  readonly isDict: boolean;
  elements: number;
  hasComma: boolean;
}
const frameOf = (byte: number): Frame | null => {
  if (byte === openBrace) return { close: closeBrace, isDict: true, elements: 0, hasComma: false };
  if (byte === openBracket) return { close: closeBracket, isDict: false, elements: 0, hasComma: false };
  return byte === openParenthesis ? { close: closeParenthesis, isDict: false, elements: 0, hasComma: false } : null;
};

type Stop = 'truncated' | 'invalid';

function putNumber(json: JsonOutput, bytes: Uint8Array, from: number, isKey: boolean): number {
  const end = numberEnd(bytes, from);
  if (isKey) json.put(quote);
  for (let at = from; at < end; at++) json.put(bytes[at] ?? zero);
  if (isKey) json.put(quote);
  return end;
}

/** Puts the value at `from` that is no bracket. Returns the position after it. */
function putScalar(json: JsonOutput, bytes: Uint8Array, from: number, isKey: boolean): number | Stop {
  const byte = bytes[from];
  if (isQuote(byte)) return putPythonString(json, bytes, from);
  if (isDigit(byte) || (byte === minus && isDigit(bytes[from + 1]))) return putNumber(json, bytes, from, isKey);
  if (byte === letterB && isQuote(bytes[from + 1])) return putPythonString(json, bytes, from + 1);
  for (const { python, value, key } of words) {
    if (!startsWith(bytes, from, python)) continue;
    json.putAll(isKey ? key : value);
    return from + python.length;
  }
  return 'invalid';
}

/** Nothing continues at `at`: the text ends in the middle of a word or number, or this is no literal. */
function stopAt(bytes: Buffer, at: number): PythonLiteral {
  let end = at;
  while (isOfToken(bytes[end])) end++;
  return end === bytes.length ? { kind: 'truncated' } : { kind: 'invalid', at: bytes.toString('utf8', 0, at).length };
}

/**
 * Turns the Python literal at the beginning of the text into JSON: `repr()` of dicts, lists, tuples, strings, bytes,
 * numbers, booleans and None. Numbers keep all their digits. Tuples become arrays, bytes a string with one character
 * for each byte, `nan` and `inf` null, and keys of other types strings. Sets and names of classes are invalid. At most
 * `nesting` brackets may be open at once. Halves of surrogate pairs may stand in escapes only. Iterative, linear in the
 * text.
 */
export function readPythonLiteral(text: string, nesting: number): PythonLiteral {
  const bytes = Buffer.from(text);
  const json = new JsonOutput();
  const frames: Frame[] = [];
  let frame: Frame | undefined;
  let expected: 'value' | 'element' | 'colon' | 'next' = 'value';
  let at = 0;
  for (;;) {
    while (isSpace(bytes[at])) at++;
    const byte = bytes[at];
    if (byte === undefined) return { kind: 'truncated' };
    if (byte === frame?.close && (expected === 'element' || expected === 'next')) {
      // One value in parentheses is no tuple: that has a comma.
      if (byte === closeParenthesis && frame.elements === 1 && !frame.hasComma) return stopAt(bytes, at);
      json.put(frame.isDict ? closeBrace : closeBracket);
      at++;
      frames.pop();
      frame = frames.at(-1);
      expected = 'next';
    } else if (expected === 'colon') {
      if (byte !== colon) return stopAt(bytes, at);
      json.put(colon);
      at++;
      expected = 'value';
    } else if (expected === 'next') {
      if (byte !== comma || !frame) return stopAt(bytes, at);
      frame.hasComma = true;
      at++;
      expected = 'element';
    } else {
      const isKey: boolean = expected === 'element' && frame?.isDict === true;
      if (expected === 'element' && frame && frame.elements++ > 0) json.put(comma);
      const inner = frameOf(byte);
      if (inner && isKey) return stopAt(bytes, at);
      if (inner && frames.length >= nesting) return { kind: 'nested_too_deep' };
      if (inner) {
        json.put(inner.isDict ? openBrace : openBracket);
        at++;
        frames.push(inner);
        frame = inner;
        expected = 'element';
      } else {
        const end = putScalar(json, bytes, at, isKey);
        if (end === 'truncated') return { kind: 'truncated' };
        if (end === 'invalid') return stopAt(bytes, at);
        at = end;
        expected = isKey ? 'colon' : 'next';
      }
    }
    if (!frame) return { kind: 'read', json: json.toString(), rest: bytes.toString('utf8', at) };
  }
}

/** A piece of JSON text on its way to the page. */
export interface JsonPiece {
  readonly kind: 'key' | 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
}

const token = /"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}[\],:]|[^\s{}[\],:"]+/gs;

/**
 * Returns JSON text as pieces, on indented lines. It works on the text's tokens and never on parsed values: no number
 * is rounded, no key is lost or moved, and nesting of any depth needs no recursion. Text that is no JSON comes out as
 * the pieces it has.
 */
export function* jsonPieces(json: string): Generator<JsonPiece> {
  let depth = 0;
  let previous = '';
  let held: string | null = null;
  const newLine = (): JsonPiece => ({ kind: 'sign', text: `\n${'  '.repeat(Math.min(depth, deepestIndent))}` });
  for (const [text] of json.matchAll(token)) {
    const closes = text === '}' || text === ']';
    if (closes) depth -= 1;
    if (held !== null && text !== ':') yield { kind: 'text', text: held };
    if (held !== null && text === ':') yield { kind: 'key', text: held };
    held = null;
    const opened = previous === '{' || previous === '[';
    if (closes ? !opened : opened || previous === ',') yield newLine();
    if (text.startsWith('"')) held = text;
    else yield { kind: kindOf(text), text: text === ':' ? ': ' : text };
    if (text === '{' || text === '[') depth += 1;
    previous = text;
  }
  if (held !== null) yield { kind: 'text', text: held };
}

/**
 * Returns the first pieces of JSON text, within this many characters and pieces, and whether these are all. The last
 * one may be the beginning of a longer piece.
 */
export function firstPieces(
  json: string,
  most: { readonly characters: number; readonly pieces: number },
): { readonly pieces: readonly JsonPiece[]; readonly isAll: boolean } {
  const pieces: JsonPiece[] = [];
  for (const piece of jsonPieces(json.slice(0, most.characters))) {
    if (pieces.length === most.pieces) return { pieces, isAll: false };
    pieces.push(piece);
  }
  return { pieces, isAll: json.length <= most.characters };
}
const deepestIndent = 40;

function kindOf(text: string): JsonPiece['kind'] {
  if (/^[{}[\],:]$/.test(text)) return 'sign';
  return /^[-\d]/.test(text) ? 'number' : 'word';
}

/** Splits a text at each match of `search` (in lower case): parts without a match and matches, in turn. */
export function partsAround(text: string, search: string): string[] {
  const lower = text.toLowerCase();
  // The lower-case text may be longer; then its places do not fit the original.
  if (search === '' || lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(search); at !== -1; at = lower.indexOf(search, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + search.length));
    from = at + search.length;
  }
  return [...parts, text.slice(from)];
}

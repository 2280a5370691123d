import { isNestedDeeperThan } from '../json-text.ts';

export type JsonProblemCode = 'invalid_json' | 'truncated_json' | 'nested_too_deep';
export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: JsonProblemCode };

/** Parses a JSON text of at most `nesting` levels; distinguishes a text that was cut off from one that is no JSON. */
export function readJson(text: string, nesting: number): JsonResult {
  if (isNestedDeeperThan(text, nesting)) return { ok: false, code: 'nested_too_deep' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return {
      ok: false,
      code:
        error instanceof Error && /end of JSON|Unterminated/.test(error.message) ? 'truncated_json' : 'invalid_json',
    };
  }
}

/** Explains why `what` could not be parsed. */
export function problemMessage(what: string, code: JsonProblemCode, nesting: number): string {
  if (code === 'nested_too_deep')
    return `The ${what} of this entry nests deeper than ${nesting} levels: raise DENDRO_MAX_NESTING if it holds events.`;
  return code === 'truncated_json'
    ? `The ${what} of this entry was cut off when it was written.`
    : `The ${what} of this entry is not JSON.`;
}

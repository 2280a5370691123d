import { isObject, type JsonObject } from '../../events/json-object.ts';
import { isNestedDeeperThan } from '../json-text.ts';

/** One record of a rollout. Its payload is parsed on demand: most of a rollout is unused text. */
export interface RolloutLine {
  readonly number: number;
  readonly timestamp: string | null;
  readonly ordinal: number | null;
  readonly type: string;
  /** The payload's own `type`, if it has one. */
  readonly payloadType: string | null;
  readonly text: string;
  readonly payload: () => JsonObject | null;
}

/** The form of Codex's lines: these members in this order, without spaces. */
const head =
  /^\{"timestamp":"([^"\\]{0,64})",(?:"ordinal":(\d{1,15}),)?"type":"([^"\\]{1,64})","payload":\{(?:"type":"([^"\\]{1,64})")?/;
const tagged: ReadonlySet<string> = new Set(['event_msg', 'response_item']);

/** Items without an envelope, in files from before September 2025. */
const bareItems = [
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'local_shell_call',
  'custom_tool_call',
  'custom_tool_call_output',
  'web_search_call',
];
const bare: ReadonlySet<string> = new Set(bareItems);
const idOrTime = String.raw`"(?:id|timestamp)"\s*:\s*"[^"]{1,128}"\s*,\s*`;
const bareStart = new RegExp(
  String.raw`^\s*\{\s*(?:"record_type"\s*:\s*"state"|"type"\s*:\s*"(?:${bareItems.join('|')})"\s*,|${idOrTime}${idOrTime}"(?:instructions|git)")`,
);
/**
 * The members beside the payload. Other tools write some before it and the rest after it: in alphabetical order the tag
 * is last.
 */
const besides = String.raw`"(?:timestamp|type)"\s*:\s*"[^"\\]{0,64}"|"ordinal"\s*:\s*(?:\d{1,15}|null)`;
const sortedStart = new RegExp(String.raw`^\s*\{\s*((?:(?:${besides})\s*,\s*){0,3})"payload"\s*:\s*\{`);
const sortedEnd = new RegExp(String.raw`\}\s*((?:,\s*(?:${besides})\s*){1,3})\}\s*$`);
const hasBoth = (members: string): boolean => members.includes('"timestamp"') && members.includes('"type"');
function isSorted(start: string, text: string): boolean {
  const [before, behind] = [sortedStart.exec(start)?.[1], sortedEnd.exec(text.slice(-256))?.[1]];
  return before !== undefined && behind !== undefined && hasBoth(before + behind);
}
const spacedStart = /^\s*\{\s*"(?:timestamp|ordinal|type)"\s*:[^{]{1,200}"payload"\s*:\s*\{/;

/** Tells by beginning and end if a line looks like a line of a rollout. */
export function isRolloutLine(text: string): boolean {
  if (head.test(text)) return true;
  const start = text.slice(0, 512);
  return bareStart.test(start) || (spacedStart.test(start) && /"type"\s*:\s*"/.test(start)) || isSorted(start, text);
}

export type LineResult =
  | { readonly kind: 'line'; readonly line: RolloutLine }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'broken';
      readonly code: 'invalid_json' | 'truncated_json' | 'nested_too_deep' | 'not_a_rollout';
      readonly message: string;
    };

const truncated: LineResult = {
  kind: 'broken',
  code: 'truncated_json',
  message: 'The line ends in the middle of a JSON value: it was cut off when it was written.',
};
/** The records of Codex that are parsed here nest less than half as deep. */
const deepest = 256;

function parse(text: string): { readonly value: unknown } | LineResult {
  if (isNestedDeeperThan(text, deepest))
    return {
      kind: 'broken',
      code: 'nested_too_deep',
      message: `The line nests deeper than ${deepest} levels, more than any rollout record.`,
    };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return error instanceof Error && /end of JSON|Unterminated/.test(error.message)
      ? truncated
      : { kind: 'broken', code: 'invalid_json', message: 'The line is not JSON.' };
  }
}

function objectOf(text: string): JsonObject | null {
  const result = parse(text);
  return 'value' in result && isObject(result.value) ? result.value : null;
}

/** Members that are searched at the beginning of a line, or before others of the same name. */
const leading = [
  'type',
  'message',
  'thread_id',
  'turn_id',
  'id',
  'call_id',
  'role',
  'name',
  'namespace',
  'status',
  'source',
];
const led = (value: JsonObject): JsonObject => ({
  ...Object.fromEntries(leading.flatMap((key) => (Object.hasOwn(value, key) ? [[key, value[key]]] : []))),
  ...value,
});

/** Rewrites a record as Codex would write it: for files that another tool has rewritten, and for the oldest ones. */
function rewritten(number: number, value: JsonObject): LineResult {
  const { timestamp, ordinal } = value;
  if (value.record_type === 'state') return { kind: 'nothing' };
  const record =
    isObject(value.payload) && typeof value.type === 'string'
      ? { type: value.type, payload: value.payload }
      : typeof value.type === 'string' && bare.has(value.type)
        ? { type: 'response_item', payload: value }
        : typeof value.id === 'string' && typeof timestamp === 'string' && value.type === undefined
          ? { type: 'session_meta', payload: value }
          : null;
  if (!record)
    return {
      kind: 'broken',
      code: 'not_a_rollout',
      message: 'This is JSON, but not a rollout record: it has no type and payload.',
    };
  const payloadType = typeof record.payload.type === 'string' ? record.payload.type : null;
  const time = typeof timestamp === 'string' ? timestamp : null;
  const { payload } = record;
  // An object is written in the order of its members.
  const ordered = led(isObject(payload.item) ? { ...payload, item: led(payload.item) } : payload);
  const text = JSON.stringify({ timestamp: time ?? '', type: record.type, payload: ordered });
  return {
    kind: 'line',
    line: {
      number,
      timestamp: time,
      ordinal: typeof ordinal === 'number' ? ordinal : null,
      type: record.type,
      payloadType,
      text,
      payload: () => payload,
    },
  };
}

/**
 * Reads one line of a rollout. A line as Codex writes it is only looked at: parsing its payload later shows if it is
 * valid JSON. Cost: constant for such lines, whatever their length.
 */
export function readLine(number: number, text: string): LineResult {
  const match = head.exec(text);
  const [, timestamp, ordinal, type, payloadType] = match ?? [];
  if (match && type !== undefined && (payloadType !== undefined || !tagged.has(type))) {
    if (!text.endsWith('}') && !text.trimEnd().endsWith('}')) return truncated;
    return {
      kind: 'line',
      line: {
        number,
        timestamp: timestamp ?? null,
        ordinal: ordinal === undefined ? null : Number(ordinal),
        type,
        payloadType: payloadType ?? null,
        text,
        payload: () => {
          const payload = objectOf(text)?.payload;
          return isObject(payload) ? payload : null;
        },
      },
    };
  }
  if (text.trim() === '') return { kind: 'nothing' };
  const result = parse(text);
  if (!('value' in result)) return result;
  return isObject(result.value)
    ? rewritten(number, result.value)
    : {
        kind: 'broken',
        code: 'not_a_rollout',
        message: 'This is JSON, but not a rollout record: it is not an object.',
      };
}

/** Returns why a line cannot be parsed; null when it can. */
export function problemOf(text: string): Extract<LineResult, { kind: 'broken' }> | null {
  const result = parse(text);
  return 'kind' in result && result.kind === 'broken' ? result : null;
}

const longest = 512;

/**
 * Finds a string member in the text without parsing it. In a JSON string every quote is escaped, so `"key":"` can only
 * be a member; the caller must know of which object. Null when there is none, when it has escapes, or when it is longer
 * than an id.
 */
export function rawString(text: string, key: string, from = 0): string | null {
  const start = text.indexOf(`"${key}":"`, from);
  if (start < 0) return null;
  const begin = start + key.length + 4;
  const end = text.indexOf('"', begin);
  const value = text.slice(begin, Math.min(end, begin + longest + 1));
  return end < 0 || end - begin > longest || value.includes('\\') ? null : value;
}

/** Finds the last whole number of a member `key` in the same way. */
export function rawNumber(text: string, key: string): number | null {
  const start = text.lastIndexOf(`"${key}":`);
  if (start < 0) return null;
  const digits = /^-?\d{1,16}(?=[,}\s])/.exec(text.slice(start + key.length + 3, start + key.length + 21));
  return digits ? Number(digits[0]) : null;
}

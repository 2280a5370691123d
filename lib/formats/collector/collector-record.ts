import { readHeader } from './header.ts';
import { readPairs } from './pairs.ts';
import { readPythonLiteral } from './python-literal.ts';

export const collectorCodes = [
  'truncated_record',
  'invalid_literal',
  'invalid_pairs',
  'nested_too_deep',
  'record_too_long',
  'not_an_event',
] as const;
export type CollectorCode = (typeof collectorCodes)[number];
export interface CollectorProblem {
  readonly code: CollectorCode;
  readonly message: string;
}

export interface CollectorEvent {
  readonly event_type: string;
  readonly event_params: unknown;
}

/**
 * A record that continues after the text: it `awaits` its message, the rest of its event's name, the bar after its
 * pairs or the end of its literal.
 */
export interface OpenText {
  readonly kind: 'open';
  readonly awaits: 'message' | 'name' | 'bar' | 'bracket';
  /** Where that part begins. */ readonly from: number;
}

/** The content of one record, as far as its lines are there. */
export type RecordText =
  | {
      readonly kind: 'event';
      readonly text: string;
      readonly value: CollectorEvent;
      readonly receivedAt: number | null;
      /** True if the bar that ends the message is there. */ readonly hasBar: boolean;
    }
  | OpenText
  | { readonly kind: 'broken'; readonly problem: CollectorProblem };

export const foreign: CollectorProblem = {
  code: 'not_an_event',
  message: 'This looks like a collector record, but is not a Codex event.',
};
const broken = (code: CollectorCode, message: string): RecordText => ({ kind: 'broken', problem: { code, message } });

/** Returns the part of a pairs record before its last bar; null without a bar: the last value may continue then. */
function beforeBar(text: string): string | null {
  const trimmed = text.trimEnd();
  return trimmed.endsWith('|') ? trimmed.slice(0, -1).trimEnd() : null;
}

function eventOf(type: string, params: string, receivedAt: number | null, hasBar: boolean): RecordText {
  const text = `{"event_type":${JSON.stringify(type)},"event_params":${params}}`;
  const event_params: unknown = JSON.parse(params);
  return { kind: 'event', text, value: { event_type: type, event_params }, receivedAt, hasBar };
}

/**
 * Reads a record whose lines are joined. Errors: the codes of `CollectorProblem`. Linear; `nesting` bounds a literal's
 * depth.
 */
export function readRecord(text: string, nesting: number): RecordText {
  const header = readHeader(text);
  if (header.kind === 'foreign') return { kind: 'broken', problem: foreign };
  if (header.kind === 'open') return { kind: 'open', awaits: header.isTracked ? 'name' : 'message', from: 0 };
  const body = text.slice(header.end);
  if (header.kind === 'pairs') {
    const pairs = beforeBar(body);
    if (pairs === null) return { kind: 'open', awaits: 'bar', from: header.end };
    const params = readPairs(header.type, pairs);
    return params === null
      ? broken('invalid_pairs', `${header.type} is not followed by key=value pairs.`)
      : eventOf(header.type, params, header.receivedAt, true);
  }
  const literal = readPythonLiteral(body, nesting);
  if (literal.kind === 'truncated') return { kind: 'open', awaits: 'bracket', from: header.end };
  if (literal.kind === 'nested_too_deep')
    return broken(
      'nested_too_deep',
      `The record nests deeper than ${nesting} levels: raise DENDRO_MAX_NESTING if it is an event.`,
    );
  if (literal.kind === 'invalid')
    return broken(
      'invalid_literal',
      `The params of ${header.type} are not a Python literal: character ${header.end + literal.at + 1} of the record is not understood.`,
    );
  const rest = literal.rest.trimStart();
  if (rest !== '' && !rest.startsWith('|'))
    return broken('invalid_literal', `The params of ${header.type} end before the record does.`);
  return eventOf(header.type, literal.json, header.receivedAt, rest !== '');
}

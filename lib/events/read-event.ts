import { z } from 'zod';
import { aliases, catalogue, type Definition } from './catalogue.ts';
import type { EventResult, Problem } from './event.ts';
import { isObject } from './json-object.ts';
import { fromSeconds, id, longestId, timeInMilliseconds, timeInSeconds } from './fields.ts';

/**
 * The fields of an unknown event that say where and when it belongs. A field of another type stays in the event's text
 * only.
 */
const Unknown = z.object({
  thread_id: id.nullish().catch(null),
  turn_id: id.nullish().catch(null),
  parent_thread_id: id.nullish().catch(null),
  started_at_ms: timeInMilliseconds.catch(null),
  occurred_at_ms: timeInMilliseconds.catch(null),
  completed_at_ms: timeInMilliseconds.catch(null),
  started_at: timeInSeconds.catch(null),
  created_at: timeInSeconds.catch(null),
  completed_at: timeInSeconds.catch(null),
});

function readUnknown(type: string, params: unknown): EventResult {
  const { thread_id, turn_id, parent_thread_id, ...times } = Unknown.parse(isObject(params) ? params : {});
  const startedAt =
    times.started_at_ms ?? times.occurred_at_ms ?? fromSeconds(times.started_at) ?? fromSeconds(times.created_at);
  const endedAt = times.completed_at_ms ?? fromSeconds(times.completed_at);
  const time = startedAt ?? endedAt;
  return {
    ok: true,
    repaired: nothingRepaired,
    event: {
      source: 'analytics',
      recordsRead: null,
      kind: 'unknown',
      type,
      threadId: thread_id ?? null,
      turnId: turn_id ?? null,
      startedAt,
      endedAt,
      time,
      outcome: null,
      identity: { by: time === null ? 'place' : 'content' },
      lineage: { parent_thread_id },
    },
  };
}

type Issue = z.core.$ZodIssue;

function problemOf(type: string, issue: Issue, params: unknown): Problem {
  const field = ['event_params', ...issue.path].join('.');
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    if (issue.origin !== 'string')
      return {
        code: 'out_of_range',
        message: `${type} has an ${field} that is negative or too large to be counted exactly.`,
      };
    return issue.code === 'too_small'
      ? { code: 'missing_field', message: `${type} has an empty ${field}.` }
      : { code: 'out_of_range', message: `${type} has an ${field} that is too long.` };
  }
  const parent = issue.path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (isObject(value) ? value[String(key)] : undefined), params);
  const value = isObject(parent) ? parent[String(issue.path.at(-1))] : undefined;
  if (value === undefined || value === null) return { code: 'missing_field', message: `${type} lacks ${field}.` };
  const expected = issue.code === 'invalid_type' ? issue.expected : 'another form';
  return {
    code: 'wrong_type',
    message: `${type} has an ${field} of the wrong type: ${expected === 'int' ? 'a whole number' : expected} is expected.`,
  };
}

/** Returns a copy of `params` with the field at `path` set to null. */
function without(params: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isObject(params)) return null;
  return { ...params, [String(key)]: rest.length === 0 ? null : without(params[String(key)], rest) };
}

/** The field that `without` sets to null; a list is set to null as a whole. */
const fieldOf = ({ path }: Issue): string => path.filter((key) => typeof key === 'string').join('.');
const nothingRepaired: readonly string[] = [];

function readKnown(type: string, definition: Definition, params: unknown): EventResult {
  const event = definition.read(type, params);
  if (event) return { ok: true, event, repaired: nothingRepaired };
  const issues = definition.schema.safeParse(params).error?.issues ?? [];
  const fatal = issues.find((issue) => definition.figures.has(String(issue.path[0]))) ?? null;
  const mended = fatal
    ? null
    : definition.read(
        type,
        issues.reduce<unknown>((value, issue) => without(value, issue.path), params),
      );
  if (mended) return { ok: true, event: mended, repaired: [...new Set(issues.map(fieldOf))] };
  const issue = fatal ?? issues[0];
  return {
    ok: false,
    problem: issue ? problemOf(type, issue, params) : { code: 'wrong_type', message: `${type} cannot be read.` },
  };
}

/**
 * Reads one event object of a log: `{event_type, event_params}`. Unknown event types are events too. Errors:
 * `not_an_event`, `missing_field`, `wrong_type`, `out_of_range`, each naming the field. Cost: linear in the fields that
 * the type's schema names.
 */
export function readEvent(value: unknown): EventResult {
  if (!isObject(value) || typeof value.event_type !== 'string' || value.event_type === '') {
    return {
      ok: false,
      problem: { code: 'not_an_event', message: 'This is JSON, but not a Codex event: it has no event_type.' },
    };
  }
  if (value.event_type.length > longestId)
    return { ok: false, problem: { code: 'out_of_range', message: 'The event_type is too long to name a type.' } };
  const type = aliases.get(value.event_type) ?? value.event_type;
  const definition = catalogue.get(type);
  if (!definition) return readUnknown(type, value.event_params);
  if (!isObject(value.event_params))
    return { ok: false, problem: { code: 'missing_field', message: `${type} lacks event_params.` } };
  return readKnown(type, definition, value.event_params);
}

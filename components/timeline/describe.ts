import { pluralize, formatDuration, shortId, formatInteger } from '../formats.ts';
import { statusLook } from '../ui/status.ts';
import { lookOf, type Item, type ItemKind } from './items.ts';
import { clockLabel, offsetOf, sinceLabel, type Clock } from './ruler.ts';
import type { Tables } from './tables.ts';

/** The description of an item: under the pointer, at the keyboard, and in the table. */
export interface Description {
  readonly what: string;
  readonly status: string | null;
  readonly when: string;
  readonly lines: readonly string[];
}

/** The way to tell times: by which clock, and since when. */
export interface Telling {
  readonly clock: Clock;
  readonly start: number;
}

/** Returns a time to the millisecond. */
export function momentText(time: number, { clock, start }: Telling): string {
  if (clock === 'relative') return sinceLabel(time - start, 1);
  const shown = new Date(time + offsetOf(clock, time, start)).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 23)}${clock === 'utc' ? ' UTC' : ''}`;
}

const notOwn = 'estimated time, from its turn or nearby log lines';

function whenText({ from, to, own, kind }: Item, telling: Telling): string {
  if (Number.isNaN(from)) return 'no time in the logs';
  const begin = momentText(from, telling);
  if (!own) return `${begin} (${notOwn})`;
  if (to !== null && to > from)
    return `${begin} to ${clockLabel(telling.clock, to, telling.start, 1)}, ${formatDuration(to - from)}`;
  return to === null && kind === 'turn' ? `${begin}; end not logged` : begin;
}

/** Returns the name of a thread: its title, its agent's name, or its id. */
export function threadName({ lanes }: Tables, lane: number): string {
  return lanes.title[lane] ?? lanes.agentNickname[lane] ?? shortId(lanes.threadId[lane] ?? '');
}

const listed = (...parts: ReadonlyArray<string | null | undefined>): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ');
const present = (...lines: ReadonlyArray<string | null>): string[] =>
  lines.filter((line) => line !== null).filter((line) => line !== '');

/** Returns false for threads and forks, which only begin. */
export const hasOutcome = (kind: ItemKind): boolean => lookOf(kind).hasOutcome;

/** Returns everything that is known of an item without asking the server. */
export function describe(tables: Tables, item: Item, telling: Telling): Description {
  const { what, lines } = told(tables, item);
  return {
    what,
    status: hasOutcome(item.kind) ? statusLook(item.status).label : null,
    when: whenText(item, telling),
    lines,
  };
}

/** Returns the description in one line for screen readers; `place` distinguishes items that are otherwise the same. */
export function spoken(
  tables: Tables,
  item: Item,
  telling: Telling,
  place: { readonly number: number; readonly of: number },
): string {
  const { what, status, when, lines } = describe(tables, item, telling);
  return [
    listed(what, status),
    when,
    ...lines,
    `${place.number} of ${place.of} in ${threadName(tables, item.lane)}`,
  ].join('. ');
}

interface Told {
  readonly what: string;
  readonly lines: readonly string[];
}

function told(tables: Tables, item: Item): Told {
  const { record } = item;
  const { name } = lookOf(item.kind);
  switch (item.kind) {
    case 'thread':
      return threadTold(tables, record);
    case 'fork':
      return forkTold(tables, record);
    case 'turn':
      return turnTold(tables, record);
    case 'compaction':
      return compactionTold(tables.compaction, record);
    case 'guardian review': {
      const { actionType, riskLevel, failureReason, guardianThreadId } = tables['guardian review'];
      const risk = riskLevel[record] ?? null;
      const guardian = guardianThreadId[record] ?? null;
      return {
        what: name,
        lines: present(
          listed(actionType[record], risk === null ? null : `risk ${risk}`, failureReason[record]),
          guardian === null ? null : `by guardian thread ${shortId(guardian)}`,
        ),
      };
    }
    case 'hook run':
    case 'completed hook run': {
      const { hookName, hookSource } = tables[item.kind];
      return {
        what: listed(name, hookName[record]),
        lines: present(hookSource[record] ? `from ${hookSource[record]}` : null),
      };
    }
    case 'steer':
      return { what: name, lines: [] };
    case 'tool call':
    case 'cell':
    case 'inner call': {
      const { tool, toolName, detail, durationMs, executionDurationMs, failureKind, approvalOutcome } =
        tables[item.kind];
      const executing = executionDurationMs[record] ?? null;
      const waited =
        executing === null || (durationMs[record] ?? null) === null ? null : `${formatDuration(executing)} executing`;
      const outcome = approvalOutcome[record] ?? null;
      return {
        what: listed(name, toolName[record] ?? tool[record]),
        lines: present(
          heldTold(tables[item.kind], item),
          detail[record] ?? null,
          waited,
          failureKind[record] ?? null,
          outcome === null || outcome === 'unknown' ? null : outcome.replaceAll('_', ' '),
        ),
      };
    }
    case 'approval': {
      const { reviewer, subjectName } = tables.approval;
      return {
        what: name,
        lines: present(listed(subjectName[record], reviewer[record] ? `asked the ${reviewer[record]}` : null)),
      };
    }
  }
}

/** Returns the number of calls of a cell, or the cell of an inner call, as far as it was read. */
function heldTold(calls: Tables['cell'], { kind, record }: Item): string | null {
  const { lane, turnId, itemId, innerCall, parentCallId } = calls;
  const sameTurn = (other: number): boolean => lane[other] === lane[record] && turnId[other] === turnId[record];
  if (kind === 'cell') {
    const inner = itemId.filter(
      (_, other) => innerCall[other] === true && parentCallId[other] === itemId[record] && sameTurn(other),
    ).length;
    return inner === 0 ? null : pluralize(inner, 'inner call');
  }
  const parent = parentCallId[record] ?? null;
  if (parent === null) return kind === 'inner call' ? 'cell not logged' : null;
  return kind === 'inner call' ? `in cell ${parent}` : `waits for cell ${parent}`;
}

function threadTold(tables: Tables, lane: number): Told {
  const { lanes } = tables;
  const fork = lanes.forkedFromThreadId[lane] ?? null;
  return {
    what: `Thread ${threadName(tables, lane)} begins`,
    lines: present(
      listed(lanes.kind[lane], lanes.model[lane], lanes.agentRole[lane] ? `role ${lanes.agentRole[lane]}` : null),
      lanes.seen[lane] === 'mentioned'
        ? 'only mentioned by other threads'
        : listed(pluralize(lanes.turns[lane] ?? 0, 'turn'), `${formatInteger(lanes.tokens[lane] ?? 0)} tokens`),
      fork === null ? null : `fork of thread ${shortId(fork)}`,
    ),
  };
}

/** Returns the name of the other thread of a fork: its title or its id. */
export const forkName = ({ title, threadId }: Tables['fork'], record: number): string =>
  title[record] ?? shortId(threadId[record] ?? '');

function forkTold({ fork }: Tables, record: number): Told {
  const isSource = fork.relation[record] === 'source';
  return {
    what: `${isSource ? 'Fork of' : 'Forked into'} thread ${forkName(fork, record)}`,
    lines: present(
      fork.known[record] === false
        ? 'that thread is not in these logs'
        : `${isSource ? 'its source' : 'the fork'} is in another tree`,
      fork.title[record] ? (fork.threadId[record] ?? null) : null,
    ),
  };
}

function turnTold({ turns }: Tables, record: number): Told {
  const {
    turnId,
    reported,
    error,
    model,
    toolCalls,
    innerCalls,
    inputTokens,
    totalTokens,
    contextTokens,
    contextWindow,
  } = turns;
  const input = inputTokens[record] ?? null;
  const held = contextTokens[record] ?? null;
  const room = contextWindow[record] ?? null;
  return {
    what: `Turn ${shortId(turnId[record] ?? '')}`,
    lines: present(
      reported[record] === true ? null : 'unreported: no turn event',
      error[record] ?? null,
      turns.endInferred[record] === true ? 'end not logged: drawn to its last log line' : null,
      listed(
        model[record],
        pluralize(toolCalls[record] ?? 0, 'tool call'),
        (innerCalls[record] ?? 0) === 0 ? null : pluralize(innerCalls[record] ?? 0, 'inner call'),
      ),
      input === null ? 'Codex reported no usage' : `${formatInteger(totalTokens[record] ?? 0)} tokens in total`,
      held !== null
        ? `${formatInteger(held)}${room === null ? '' : ` of ${formatInteger(room)}`} tokens in context at the end`
        : input === null
          ? null
          : `at most ${formatInteger(input)} tokens in context (total input of its requests)`,
      anatomyTold(turns, record),
    ),
  };
}

/** Returns where the turn's time went, as far as Codex says. */
function anatomyTold(turns: Tables['turns'], record: number): string | null {
  const before = turns.beforeFirstSamplingMs[record] ?? null;
  const sampling = turns.samplingMs[record] ?? null;
  if (before === null || sampling === null) return null;
  const part = (length: number | null | undefined, what: string): string | null =>
    length === null || length === undefined || length === 0 ? null : `${formatDuration(length)} ${what}`;
  return listed(
    part(before, 'before first sampling'),
    `${formatDuration(sampling)} sampling (times not logged)`,
    part(turns.toolBlockingMs[record], 'in tools'),
    part(turns.compactionMs[record], 'compacting'),
    part(turns.betweenSamplingOverheadMs[record], 'between samplings'),
    part(turns.afterLastSamplingMs[record], 'after last sampling'),
  );
}

function compactionTold(
  { trigger, reason, phase, tokensBefore, tokensAfter, status, refillTurns, refillMs, storm }: Tables['compaction'],
  record: number,
): Told {
  const before = tokensBefore[record] ?? null;
  const after = tokensAfter[record] ?? null;
  const sizes =
    before === null || after === null
      ? null
      : `${formatInteger(before)} → ${formatInteger(after)} tokens${status[record] === 'completed' ? `, ${formatInteger(before - after)} saved` : ''}`;
  return {
    what: 'Compaction',
    lines: present(
      sizes,
      listed(trigger[record], reason[record], phase[record]),
      refillTold(refillTurns[record], refillMs[record]),
      storm[record] === true ? 'in a storm: three or more compactions within ten turns' : null,
    ),
  };
}

function refillTold(turns: number | null | undefined, lasted: number | null | undefined): string | null {
  if (turns === null || turns === undefined) return null;
  const when = turns === 0 ? 'in the same turn' : `after ${pluralize(turns, 'turn')}`;
  return `refilled to previous level ${when}${lasted === null || lasted === undefined ? '' : ` (${formatDuration(lasted)})`}`;
}

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { eventLine } from './logs.ts';

/**
 * Logs that are large or odd in one way each. Threads are named by their place (`idOf`), so that a test can ask for any
 * of them.
 */

const start = Date.UTC(2026, 3, 12, 13, 20);
/** Returns a UUIDv7 of the time `start` plus this many seconds; `kind` keeps the ids of threads and turns apart. */
export function idOf(kind: 'thread' | 'turn' | 'review', number: number, seconds = number): string {
  const time = (start + seconds * 1000).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${{ thread: 'aaa', turn: 'bbb', review: 'ccc' }[kind]}-8000-${number.toString(16).padStart(12, '0')}`;
}
const threadId = (number: number): string => idOf('thread', number);
const seconds = start / 1000;

const runtime = {
  app_server_client: { product_client_id: 'codex_vscode' },
  runtime: { codex_rs_version: '0.169.0' },
  model: 'gpt-5.5',
};
const lineage = (number: number, parent: number | null): object => ({
  thread_id: threadId(number),
  ...runtime,
  ...(parent === null
    ? { thread_source: 'user' }
    : { thread_source: 'subagent', subagent_source: 'thread_spawn', parent_thread_id: threadId(parent) }),
});
const thread = (number: number, parent: number | null): string =>
  eventLine('codex_thread_initialized', {
    ...lineage(number, parent),
    initialization_mode: 'new',
    created_at: seconds + number,
  });

interface TurnShape {
  readonly thread: number;
  readonly parent?: number;
  readonly number: number;
  readonly from: number;
  readonly milliseconds: number;
  readonly status?: string;
  readonly tokens?: number;
}
/** `from` is in seconds after the start of the log. */
const turn = ({
  thread: of,
  parent,
  number,
  from,
  milliseconds,
  status = 'completed',
  tokens = 1000,
}: TurnShape): string =>
  eventLine('codex_turn_event', {
    ...lineage(of, parent ?? null),
    turn_id: idOf('turn', number, from),
    status,
    started_at: seconds + from,
    completed_at: seconds + from + Math.ceil(milliseconds / 1000),
    duration_ms: milliseconds,
    before_first_sampling_ms: milliseconds * 0.1,
    sampling_ms: milliseconds * 0.5,
    tool_blocking_ms: milliseconds * 0.3,
    compaction_ms: 0,
    between_sampling_overhead_ms: milliseconds * 0.05,
    after_last_sampling_ms: milliseconds * 0.05,
    input_tokens: tokens,
    cached_input_tokens: tokens / 2,
    output_tokens: 100,
    reasoning_output_tokens: 50,
    total_tokens: tokens + 100,
  });
const toolCall = (
  of: number,
  turnId: string,
  number: number,
  atMilliseconds: number,
  parent: number | null = null,
): string =>
  eventLine('codex_command_execution_event', {
    ...lineage(of, parent),
    turn_id: turnId,
    item_id: `call_${number}`,
    tool_name: 'unified_exec',
    started_at_ms: start + atMilliseconds,
    completed_at_ms: start + atMilliseconds + 400,
    duration_ms: 400,
    terminal_status: number % 17 === 0 ? 'failed' : 'completed',
    exit_code: number % 17 === 0 ? 1 : 0,
  });
const hookRun = (of: number, turnId: string, number: number): string =>
  eventLine('codex_hook_run', {
    thread_id: threadId(of),
    turn_id: turnId,
    model_slug: 'gpt-5.5',
    hook_name: 'PreToolUse',
    hook_source: 'user',
    status: number % 41 === 0 ? 'blocked' : 'completed',
  });
const compaction = (of: number, turnId: string, from: number): string =>
  eventLine('codex_compaction_event', {
    ...lineage(of, null),
    turn_id: turnId,
    trigger: 'auto',
    reason: 'context_limit',
    implementation: 'local',
    phase: 'pre_turn',
    strategy: 'summary',
    status: 'completed',
    active_context_tokens_before: 200_000,
    active_context_tokens_after: 20_000,
    started_at: seconds + from,
    completed_at: seconds + from + 1,
    duration_ms: 900,
  });

function* times(count: number, lineOf: (index: number) => string): Generator<string> {
  for (let index = 0; index < count; index++) yield lineOf(index);
}

/** A tenth of the threads are roots, each with nine subagents: a chain of three, and six beside it. */
const wide = (threads: number): Iterable<string> =>
  times(threads, (number) => {
    const place = number % 10;
    return thread(number, place === 0 ? null : place <= 3 ? number - 1 : number - place);
  });

/** Each thread is the parent of the next. */
const chain = (threads: number): Iterable<string> =>
  times(threads, (number) => thread(number, number === 0 ? null : number - 1));

/** A root with `children` subagents, each with as many of its own, and a turn in each. */
function* grid(children: number): Generator<string> {
  yield thread(0, null);
  for (let child = 0; child < children; child++) {
    const number = 1 + child * (children + 1);
    for (let member = number; member <= number + children; member++) {
      const parent = member === number ? 0 : number;
      yield thread(member, parent);
      yield turn({ thread: member, parent, number: member, from: member, milliseconds: 20_000 });
    }
  }
}

/** One thread whose turns follow each other, with an idle day after each thousand and a compaction in each fiftieth. */
function* manyTurns(turns: number): Generator<string> {
  yield thread(0, null);
  for (let number = 0; number < turns; number++) {
    const from = number * 30 + Math.floor(number / 1000) * 86_400;
    yield turn({
      thread: 0,
      number,
      from,
      milliseconds: 24_000,
      tokens: 20_000 + (number % 50) * 4000,
      status: number % 97 === 0 ? 'failed' : 'completed',
    });
    if (number % 50 === 49) yield compaction(0, idOf('turn', number, from), from + 1);
  }
}

/** A tree that is known only from the calls that start its subagents: all but its root are only mentioned. */
function* mentioned(threads: number): Generator<string> {
  yield thread(0, null);
  const turnId = idOf('turn', 0, 1);
  yield turn({ thread: 0, number: 0, from: 1, milliseconds: 60_000 });
  for (let number = 1; number < threads; number++) {
    yield eventLine('codex_collab_agent_tool_call_event', {
      ...lineage(0, null),
      turn_id: turnId,
      item_id: `spawn_${number}`,
      tool_name: 'spawn_agent',
      sender_thread_id: threadId(0),
      receiver_thread_ids: [threadId(number)],
      started_at_ms: start + 1000 + number * 100,
      completed_at_ms: start + 1050 + number * 100,
      duration_ms: 50,
      terminal_status: 'completed',
    });
  }
}

/**
 * Turns of one thread at the same time, some without any length, some without a time of their own, and a turn that only
 * a hook run names.
 */
function* oddTimes(): Generator<string> {
  yield thread(0, null);
  for (const [number, from, milliseconds] of [
    [0, 10, 60_000],
    [1, 20, 60_000],
    [2, 20, 0],
    [3, 40, 5000],
    [4, 40, 5000],
    [5, 90, 0],
  ] as const)
    yield turn({ thread: 0, number, from, milliseconds });
  yield eventLine('codex_turn_event', { ...lineage(0, null), turn_id: idOf('turn', 6, 120), status: 'interrupted' });
  yield eventLine('codex_turn_event', {
    ...lineage(0, null),
    turn_id: 'a turn without a time',
    status: 'failed',
    turn_error: 'contextWindowExceeded',
    started_at: null,
    completed_at: 0,
  });
  yield hookRun(0, idOf('turn', 7, 130), 41);
  yield thread(1, 0);
  yield hookRun(1, idOf('turn', 8, 140), 1);
}

/** One tree of 50 threads with this many turns and, in each turn, five calls of a tool and four hook runs. */
function* dense(turns: number): Generator<string> {
  const threads = 50;
  yield* times(threads, (number) => thread(number, number === 0 ? null : Math.floor((number - 1) / 7)));
  for (let number = 0; number < turns; number++) {
    const of = number % threads;
    const parent = of === 0 ? null : Math.floor((of - 1) / 7);
    const from = 60 + Math.floor(number / threads) * 30 + (of % 7);
    const turnId = idOf('turn', number, from);
    yield turn({
      thread: of,
      ...(parent === null ? {} : { parent }),
      number,
      from,
      milliseconds: 22_000,
      tokens: 20_000 + (number % 1000) * 150,
      status: number % 53 === 0 ? 'failed' : number % 31 === 0 ? 'interrupted' : 'completed',
    });
    yield* times(5, (call) => toolCall(of, turnId, number * 5 + call, (from + 3 * call + 2) * 1000, parent));
    yield* times(4, (run) => hookRun(of, turnId, number * 4 + run));
    if (number % 500 >= 450 && of === 0) yield compaction(of, turnId, from + 1);
  }
}

/** The extremes, each with its log. */
export const extremes = {
  wide: () => wide(100_000),
  chain: () => chain(10_000),
  grid: () => grid(40),
  'many-turns': () => manyTurns(5000),
  mentioned: () => mentioned(300),
  'odd-times': () => oddTimes(),
  dense: () => dense(10_000),
} as const satisfies Record<string, () => Iterable<string>>;
export type Extreme = keyof typeof extremes;

/** Writes the log to this file, one event a line. */
export async function writeExtreme(extreme: Extreme, file: string): Promise<void> {
  const stream = createWriteStream(file);
  let pending = '';
  for (const line of extremes[extreme]()) {
    pending += `${line}\n`;
    if (pending.length < 1 << 20) continue;
    if (!stream.write(pending)) await once(stream, 'drain');
    pending = '';
  }
  stream.end(pending);
  await finished(stream);
}

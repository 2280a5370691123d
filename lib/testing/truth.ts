import { z } from 'zod';
import { sampleLog } from './dendro.ts';

/*
 * The figures of the sample log, read in the plainest way: one array of events, counted with loops. The tests compare
 * the queries with it, so it shares no code with them.
 */

const text = z.string().nullish();
const number = z.number().nullish();
const Params = z.looseObject({
  thread_id: z.string(),
  turn_id: text,
  thread_source: text,
  subagent_source: text,
  parent_thread_id: text,
  guardian_thread_id: text,
  tool_name: text,
  receiver_thread_ids: z.array(z.string()).nullish(),
  model: text,
  runtime: z.looseObject({ codex_rs_version: z.string() }).nullish(),
  app_server_client: z.looseObject({ product_client_id: z.string() }).nullish(),
  product_client_id: text,
  created_at: number,
  started_at: number,
  completed_at: number,
  status: text,
  terminal_status: text,
  decision: text,
  risk_level: text,
  trigger: text,
  phase: text,
  hook_name: text,
  hook_source: text,
  input_tokens: number,
  cached_input_tokens: number,
  output_tokens: number,
  reasoning_output_tokens: number,
  total_tokens: number,
  duration_ms: number,
  active_context_tokens_before: number,
  active_context_tokens_after: number,
  completion_latency_ms: number,
  review_id: text,
  item_id: text,
});
const Event = z.looseObject({ event_type: z.string(), event_params: Params });

export const sampleEvents = sampleLog
  .split('\n')
  .filter(Boolean)
  .flatMap((line) => z.object({ events: z.array(Event) }).parse(JSON.parse(line)).events);
export const paramsOf = (type: string): z.output<typeof Params>[] =>
  sampleEvents.filter((event) => event.event_type === type).map((event) => event.event_params);

export interface SampleThread {
  kind: 'user' | 'subagent' | 'guardian' | 'other';
  model: string | null;
  client: string | null;
  version: string | null;
  createdAt: number | null;
  parent: string | null;
  mentioned: boolean;
}

function threads(): Map<string, SampleThread> {
  const found = new Map<string, SampleThread>();
  const initialized = new Set(paramsOf('codex_thread_initialized').map((params) => params.thread_id));
  const named = (id: string): SampleThread => {
    const thread = found.get(id) ?? {
      kind: 'other',
      model: null,
      client: null,
      version: null,
      createdAt: null,
      parent: null,
      mentioned: true,
    };
    found.set(id, thread);
    return thread;
  };
  for (const { event_type: type, event_params: params } of sampleEvents) {
    const thread = named(params.thread_id);
    thread.mentioned = false;
    if (params.parent_thread_id) {
      thread.parent = params.parent_thread_id;
      named(params.parent_thread_id);
    }
    if (params.thread_source === 'guardian_review' || params.subagent_source === 'guardian') thread.kind = 'guardian';
    else if (params.thread_source === 'subagent' || params.subagent_source) thread.kind = 'subagent';
    else if (params.thread_source === 'user') thread.kind = 'user';
    // The kind of a thread comes from its latest initialized event; from its latest turn only if it has none.
    if (type === 'codex_thread_initialized' || (type === 'codex_turn_event' && !initialized.has(params.thread_id))) {
      thread.model = params.model ?? null;
      thread.client = params.app_server_client?.product_client_id ?? null;
      thread.version = params.runtime?.codex_rs_version ?? null;
      if (params.created_at) thread.createdAt = params.created_at * 1000;
    }
  }
  for (const { event_type: type, event_params: params } of sampleEvents) {
    if (type === 'codex_guardian_review' && params.guardian_thread_id) {
      const guardian = named(params.guardian_thread_id);
      guardian.parent ??= params.thread_id;
      if (guardian.mentioned) guardian.kind = 'guardian';
    }
    if (params.tool_name === 'spawn_agent') {
      for (const id of params.receiver_thread_ids ?? []) {
        const receiver = named(id);
        receiver.parent ??= params.thread_id;
        if (receiver.mentioned) receiver.kind = 'subagent';
      }
    }
  }
  return found;
}
export const sampleThreads = threads();
export const threadOf = (params: { readonly thread_id: string }): SampleThread | undefined =>
  sampleThreads.get(params.thread_id);

/** Returns the number of items of each key. */
export function tally<T>(items: Iterable<T>, keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
export const total = <T>(items: readonly T[], valueOf: (item: T) => number | null | undefined): number =>
  items.reduce((sum, item) => sum + (valueOf(item) ?? 0), 0);

import { titleOf } from './rollout/title.ts';
import { textOf, timeOf } from './rollout/values.ts';
import type { Format } from './format.ts';

/**
 * A line of Codex's `session_index.jsonl`, `{"id": …, "thread_name": …, "updated_at": …}`: the name that a user gave to
 * a thread.
 */
export const sessionIndex: Format = {
  name: 'session_index',
  recognises: (record) => typeof record.id === 'string' && typeof record.thread_name === 'string',
  events: ({ id, thread_name: name, updated_at: at }) => [
    {
      recordedAt: null,
      value: {
        event_type: 'rollout_thread_name',
        event_params: {
          thread_id: id,
          name: titleOf(textOf(name) ?? ''),
          named_at_ms: timeOf(textOf(at)),
          told_by: 'session_index',
        },
      },
    },
  ],
  spans: (_record, text) => [{ start: text.length - text.trimStart().length, end: text.trimEnd().length }],
};

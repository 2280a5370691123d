import type { Format } from './format.ts';

/** One event object by itself: `{"event_type": …, "event_params": {…}}`. */
export const bare: Format = {
  name: 'bare',
  recognises: (record) => typeof record.event_type === 'string',
  events: (record) => [{ value: record, recordedAt: null }],
  spans: (_record, text) => [{ start: text.length - text.trimStart().length, end: text.trimEnd().length }],
};

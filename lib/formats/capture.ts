import type { Format } from './format.ts';
import { elementSpans, memberSpan } from './json-text.ts';

const eventsOf = (events: unknown): readonly unknown[] => (Array.isArray(events) ? events : []);

/** The body of an analytics POST: `{"events": [event, …]}` (`schema.md` §1). Mostly one event a body. */
export const capture: Format = {
  name: 'capture',
  recognises: (record) => Array.isArray(record.events),
  *events(record) {
    for (const value of eventsOf(record.events)) yield { value, recordedAt: null };
  },
  spans(_record, text) {
    const array = memberSpan(text, 'events');
    return array ? elementSpans(text, array.start) : [];
  },
};

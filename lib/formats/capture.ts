import { isObject } from '../events/json-object.ts';
import type { Format, FoundEvent } from './format.ts';
import { elementSpans, memberSpan } from './json-text.ts';

const eventsOf = (events: unknown): readonly unknown[] => (Array.isArray(events) ? events : []);

/** A value that is no object is no event. One object stands for all of them, because a record may hold millions. */
const noEvent: FoundEvent = { value: null, recordedAt: null };

/** The body of an analytics POST: `{"events": [event, …]}` (`schema.md` §1). Mostly one event a body. */
export const capture: Format = {
  name: 'capture',
  recognises: (record) => Array.isArray(record.events),
  events: (record) => eventsOf(record.events).map((value) => (isObject(value) ? { value, recordedAt: null } : noEvent)),
  spans(_record, text) {
    const array = memberSpan(text, 'events');
    return array ? elementSpans(text, array.start) : [];
  },
};

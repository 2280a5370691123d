import { isObject } from '../events/json-object.ts';
import { lastMillisecond } from '../events/moments.ts';
import type { Format } from './format.ts';
import { memberSpan } from './json-text.ts';

const timeOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= lastMillisecond ? value : null;

/**
 * The envelope of the local sink (`schema.md` §9). Its other records, such as `responses_api_call`, hold prompts and no
 * event.
 */
export const sink: Format = {
  name: 'sink',
  recognises: (record) => record.record_type === 'codex_analytics_event' && isObject(record.payload),
  events: (record) => [{ value: record.payload, recordedAt: timeOf(record.recorded_at_epoch_millis) }],
  spans(_record, text) {
    const payload = memberSpan(text, 'payload');
    return payload ? [payload] : [];
  },
};

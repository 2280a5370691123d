import type { timeSources } from '@/lib/queries/shapes.ts';
import { Time } from './quantity';

type TimeSource = (typeof timeSources)[number];
/** Where a time comes from, when the event does not say it itself (`docs/semantics.md`, "Time"). */
export const timeSourceNotes: Readonly<Record<Exclude<TimeSource, 'event'>, string>> = {
  envelope: 'recorded by the sink, the HAR file or the log line',
  turn: 'the event has no time: this is its turn’s',
  order: 'the event has no time: this is its neighbours’ in the log',
  import: 'the event has no time: this is when it was imported',
};

export function EventTime({ time, source }: { readonly time: string | null; readonly source: TimeSource }) {
  return source === 'event' ? <Time iso={time} /> : <Time iso={time} note={timeSourceNotes[source]} />;
}

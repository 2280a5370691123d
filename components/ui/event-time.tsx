import type { timeSources } from '@/lib/queries/shapes.ts';
import { Time } from './quantity';

type TimeSource = (typeof timeSources)[number];
/** The source of a time, when the event does not state it (`docs/semantics.md`, "Time"). */
export const timeSourceNotes: Readonly<Record<Exclude<TimeSource, 'event'>, string>> = {
  envelope: 'recorded by the sink, the HAR file or the log line',
  turn: 'the event has no time; taken from its turn',
  order: 'the event has no time; taken from adjacent events in the log',
  import: 'the event has no time; taken from the import',
};

export function EventTime({ time, source }: { readonly time: string | null; readonly source: TimeSource }) {
  return source === 'event' ? <Time iso={time} /> : <Time iso={time} note={timeSourceNotes[source]} />;
}

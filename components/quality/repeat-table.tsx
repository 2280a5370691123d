import { eventsAddress } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Repeats } from '@/lib/queries/quality/events.ts';
import { LinkedCount } from './linked-count';
import classes from './quality.module.css';

const item = 'thread_id, turn_id, item_id';
const wholeOrPlace = 'the whole event, or its position in the log if it has no time';

/** The identity of an event (`docs/semantics.md`, "Identity"): by type, else by kind. */
const keys: ReadonlyMap<string, string> = new Map([
  ['rollout_thread', 'thread_id'],
  ['rollout_turn', 'thread_id, turn_id'],
  ['rollout_tool_call', item],
  ['rollout_compaction', 'thread_id, turn_id and end time, or analytics has compactions of the turn'],
  ['rollout_guardian_review', 'review_id, or analytics has reviews by the guardian thread'],
  ['turn', 'thread_id, turn_id'],
  ['guardian_review', 'review_id'],
  ['approval', 'thread_id, turn_id, review_id, started_at_ms'],
  ['tool_call', item],
  ['compaction', 'the whole event'],
  ['hook_run', 'its position in the log'],
  ['thread_initialized', 'its position in the log'],
  ['codex_turn_steer_event', 'its position in the log'],
  ['turn_metadata', 'the whole event'],
]);

/** Shows repeated events, with the key by which they are the same. */
export function RepeatTable({ repeats, scope }: { readonly repeats: Repeats; readonly scope: UrlParameters }) {
  return (
    <DataTable
      caption="Repeated events by key"
      head={
        <tr>
          <Head>Type</Head>
          <Head figure>Repeated</Head>
          <Head>Deduplication key</Head>
        </tr>
      }
    >
      {repeats.map(({ type, kind, repeats: count }) => (
        <tr key={type}>
          <Cell>
            <code>{type}</code>
          </Cell>
          <Cell figure>
            <LinkedCount value={count} unit="events" href={eventsAddress(scope, { type, occurrence: 'repeated' })} />
          </Cell>
          <Cell>
            <span className={classes.sentence}>{keys.get(type) ?? keys.get(kind) ?? wholeOrPlace}</span>
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

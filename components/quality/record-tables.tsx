import { eventsAddress, rowsAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { threadKinds } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { EventQuality } from '@/lib/queries/quality/events.ts';
import type { ThreadQuality } from '@/lib/queries/quality/threads.ts';
import type { TurnQuality } from '@/lib/queries/quality/turns.ts';
import { CountTable, type CountRow } from './count-table';
import { JudgedCount, LinkedCount } from './linked-count';
import {
  creationWords,
  eventOddityWords,
  gapWords,
  knownFromWords,
  parentWords,
  seenWords,
  threadOddityWords,
  timeSourceWords,
  turnOddityWords,
  type Words,
} from './words';

/** Shows threads by kind and by how sure their parent is, surest first. */
export function ParentTable({
  parents,
  scope,
}: {
  readonly parents: ThreadQuality['parents'];
  readonly scope: UrlParameters;
}) {
  const certainties = parents.filter(({ kind }) => kind === threadKinds[0]).map(({ parent }) => parent);
  return (
    <DataTable
      caption="Threads by kind and parent"
      head={
        <tr>
          <Head>Kind</Head>
          <Head figure>all</Head>
          {certainties.map((parent) => (
            <Head key={parent} figure title={parentWords[parent].meaning}>
              {parentWords[parent].name}
            </Head>
          ))}
        </tr>
      }
    >
      {threadKinds.map((kind) => {
        const own = parents.filter((group) => group.kind === kind);
        const of = { threadKind: kind };
        return (
          <tr key={kind}>
            <Cell>
              <Kind kind={kind} />
            </Cell>
            <Cell figure>
              <LinkedCount
                value={own.reduce((sum, { threads }) => sum + threads, 0)}
                unit="threads"
                href={rowsAddress('threads', scope, of)}
              />
            </Cell>
            {certainties.map((parent) => (
              <Cell key={parent} figure>
                <LinkedCount
                  value={own.find((group) => group.parent === parent)?.threads ?? 0}
                  unit="threads"
                  href={rowsAddress('threads', scope, of, { parent })}
                />
              </Cell>
            ))}
          </tr>
        );
      })}
    </DataTable>
  );
}

export function ThreadTable({
  threads: { seen, knownFrom, creation },
  scope,
}: {
  readonly threads: ThreadQuality;
  readonly scope: UrlParameters;
}) {
  const row = (group: string, words: Words, count: number, selection: UrlParameters): CountRow => ({
    group,
    words,
    count,
    href: rowsAddress('threads', scope, selection),
  });
  return (
    <CountTable
      caption="Thread coverage"
      head="Threads"
      unit="threads"
      rows={[
        ...seen.map((group) => row('Log', seenWords[group.seen], group.threads, { seen: group.seen })),
        ...knownFrom.map((group) =>
          row('Source', knownFromWords[group.knownFrom], group.threads, { knownFrom: group.knownFrom }),
        ),
        ...creation.map((group) =>
          row('Creation time', creationWords[group.creation], group.threads, { creation: group.creation }),
        ),
      ]}
    />
  );
}

export function TurnTable({
  turns: { gaps, knownFrom },
  scope,
}: {
  readonly turns: TurnQuality;
  readonly scope: UrlParameters;
}) {
  const row = (group: string, words: Words, count: number, selection: UrlParameters): CountRow => ({
    group,
    words,
    count,
    href: rowsAddress('turns', scope, selection),
  });
  return (
    <CountTable
      caption="Turn coverage"
      head="Turns"
      unit="turns"
      rows={[
        ...gaps.map((group) => row('Missing', gapWords[group.gap], group.turns, { gap: group.gap })),
        ...knownFrom.map((group) =>
          row('Source', knownFromWords[group.knownFrom], group.turns, { knownFrom: group.knownFrom }),
        ),
      ]}
    />
  );
}

export function TimeTable({ times, scope }: { readonly times: EventQuality['times']; readonly scope: UrlParameters }) {
  return (
    <DataTable
      caption="Events by source of timestamp"
      head={
        <tr>
          <Head>Source</Head>
          <Head figure>Events</Head>
          <Head>Meaning</Head>
        </tr>
      }
    >
      {times.map(({ timeSource, events }) => (
        <tr key={timeSource}>
          <Cell>{timeSourceWords[timeSource].name}</Cell>
          <Cell figure>
            <LinkedCount value={events} unit="events" href={eventsAddress(scope, { timeSource })} />
          </Cell>
          <Cell>{timeSourceWords[timeSource].meaning}</Cell>
        </tr>
      ))}
    </DataTable>
  );
}

interface OddRow {
  readonly unit: string;
  readonly oddity: string;
  readonly words: Words;
  readonly judged: number;
  readonly odd: number;
  readonly rows: (selection: UrlParameters) => string;
}

/** Shows contradictions, with the number of records that can be judged. */
export function OddityTable({
  events,
  threads,
  turns,
  scope,
}: {
  readonly events: EventQuality['oddities'];
  readonly threads: ThreadQuality['oddities'];
  readonly turns: TurnQuality['oddities'];
  readonly scope: UrlParameters;
}) {
  const rows: readonly OddRow[] = [
    ...events.map((found) => ({
      ...found,
      unit: 'events',
      words: eventOddityWords[found.oddity],
      rows: (selection: UrlParameters) => eventsAddress(scope, selection),
    })),
    ...threads.map((found) => ({
      ...found,
      unit: 'threads',
      words: threadOddityWords[found.oddity],
      rows: (selection: UrlParameters) => rowsAddress('threads', scope, selection),
    })),
    ...turns.map((found) => ({
      ...found,
      unit: 'turns',
      words: turnOddityWords[found.oddity],
      rows: (selection: UrlParameters) => rowsAddress('turns', scope, selection),
    })),
  ];
  return (
    <DataTable
      caption="Clock and unit oddities"
      head={
        <tr>
          <Head>Records</Head>
          <Head>Oddity</Head>
          <Head figure>Found</Head>
          <Head figure title="Records with enough data to tell">
            Checked
          </Head>
          <Head>Meaning</Head>
        </tr>
      }
    >
      {rows.map(({ unit, oddity, words: { name, meaning }, judged, odd, rows: address }, index) => (
        <tr key={oddity}>
          <Cell>{rows[index - 1]?.unit === unit ? null : unit}</Cell>
          <Cell>{name}</Cell>
          <Cell figure>
            <JudgedCount judged={judged} value={odd} unit={unit} href={address({ oddity })} />
          </Cell>
          <Cell figure>
            <LinkedCount value={judged} unit={`${unit} with enough data to tell`} href={address({ judged: oddity })} />
          </Cell>
          <Cell>{meaning}</Cell>
        </tr>
      ))}
    </DataTable>
  );
}

import { formatInteger } from '@/components/formats';
import { threadAddress, turnAddress } from '@/components/links';
import { repairReason } from '@/components/quality/words';
import { EventTime, timeSourceNotes } from '@/components/ui/event-time';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Unknown } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { LoggedEvent } from '@/lib/queries/shapes.ts';
import { FieldPaths } from './field-paths';

/** Shows the origin of an event, and the thread and turn that it belongs to. */
export function EventFacts({
  event: { time, timeSource, threadId, turnId, importId, line, repairs },
  importName,
  kept,
}: {
  readonly event: LoggedEvent;
  readonly importName: string;
  readonly kept: UrlParameters;
}) {
  return (
    <Facts>
      <Fact name="Time (UTC)">
        <EventTime time={time} source={timeSource} />
        {timeSource === 'event' ? null : <small>{timeSourceNotes[timeSource]}</small>}
      </Fact>
      <Fact name="Thread">
        {threadId === null ? (
          <Unknown />
        ) : (
          <CopyableIdentifier id={threadId} whole href={threadAddress(threadId, kept)} what="the thread’s id" />
        )}
      </Fact>
      <Fact name="Turn">
        {turnId === null ? (
          <Unknown />
        ) : threadId === null ? (
          <CopyableIdentifier id={turnId} whole what="the turn’s id" />
        ) : (
          <CopyableIdentifier id={turnId} whole href={turnAddress(threadId, turnId, kept)} what="the turn’s id" />
        )}
      </Fact>
      <Fact name="From">
        <TextLink href={`/imports/${importId}`}>{importName}</TextLink>, line {formatInteger(line)}
      </Fact>
      {repairs.length === 0 ? null : (
        <Fact name="Repaired">
          <FieldPaths paths={repairs} />
          <small>{repairReason}; counted as missing. The JSON is as logged.</small>
        </Fact>
      )}
    </Facts>
  );
}

'use client';

import { pluralize, formatInteger } from '@/components/formats';
import { threadAddress, turnAddress } from '@/components/links';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Duration, Tokens, Unknown } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import { describe, hasOutcome, momentText, threadName } from './describe';
import type { DetailsProps } from './details';
import { lookOf, type Item } from './items';
import type { Selection } from './selection';
import type { Tables } from './tables';
import classes from './details.module.css';

/** Shows the facts of the selection, each with its thread and turn. */
export function DetailsFacts({
  scene,
  tables,
  selection,
  lane,
  item,
  telling,
  onSelect,
  kept,
}: Omit<DetailsProps, 'selection'> & { readonly selection: Selection; readonly lane: number }) {
  const { lanes } = tables;
  const parent = scene.outline.parents[lane] ?? -1;
  // A source in another tree is among the forks.
  const source = lanes.threadId.indexOf(lanes.forkedFromThreadId[lane] ?? '');
  const turnId = selection.kind === 'turn' || selection.kind === 'event' ? selection.turnId : null;
  const choose = (other: number) => (
    <button
      type="button"
      className={classes.textButton}
      onClick={() => onSelect({ kind: 'thread', threadId: lanes.threadId[other] ?? '' }, null)}
    >
      {threadName(tables, other)}
    </button>
  );
  return (
    <Facts>
      <Fact name="Thread">
        <CopyableIdentifier
          id={selection.threadId}
          whole
          href={threadAddress(selection.threadId, kept)}
          what="the thread’s id"
        />
        {lanes.title[lane] === null || lanes.title[lane] === undefined ? null : <small>{lanes.title[lane]}</small>}
      </Fact>
      {selection.kind === 'thread' ? (
        <>
          <Fact name="Kind">
            {[lanes.kind[lane], lanes.agentNickname[lane], lanes.agentRole[lane]].filter(Boolean).join(', ')}
          </Fact>
          <Fact name="Model">{lanes.model[lane] ?? <Unknown />}</Fact>
          {parent < 0 ? null : <Fact name="Spawned by">{choose(parent)}</Fact>}
          {source < 0 ? null : <Fact name="Fork of">{choose(source)}</Fact>}
          <Forks tables={tables} of={(record) => tables.fork.lane[record] === lane} kept={kept} />
          <Fact name="Turns">{formatInteger(lanes.turns[lane] ?? 0)}</Fact>
          <Fact name="Tokens">
            <Tokens value={lanes.tokens[lane] ?? null} exact />
          </Fact>
          <Fact name="Compactions">
            {formatInteger(lanes.compactions[lane] ?? 0)}
            {(lanes.compactions[lane] ?? 0) > 0 ? (
              <>
                , <Tokens value={lanes.tokensSaved[lane] ?? null} exact /> tokens saved
              </>
            ) : null}
            {(lanes.storms[lane] ?? 0) > 0 ? <>, {pluralize(lanes.storms[lane] ?? 0, 'storm')}</> : null}
          </Fact>
        </>
      ) : null}
      {selection.kind === 'fork' ? (
        <Forks
          tables={tables}
          of={(record) => tables.fork.lane[record] === lane && tables.fork.threadId[record] === selection.otherThreadId}
          kept={kept}
        />
      ) : null}
      {turnId === null || selection.kind === 'turn' ? null : (
        <Fact name="Turn">
          <button
            type="button"
            className={classes.textButton}
            onClick={() => onSelect({ kind: 'turn', threadId: selection.threadId, turnId }, null)}
          >
            Select turn
          </button>
        </Fact>
      )}
      {selection.kind === 'turn' ? (
        <Fact name="Turn">
          <CopyableIdentifier
            id={selection.turnId}
            whole
            href={turnAddress(selection.threadId, selection.turnId, kept)}
            what="the turn’s id"
          />
        </Fact>
      ) : null}
      {item === null ? null : <ItemFacts item={item} tables={tables} telling={telling} />}
    </Facts>
  );
}

/** Links to threads of other trees: the source of this thread and its forks. */
function Forks({
  tables: { fork },
  of,
  kept,
}: Pick<DetailsProps, 'tables' | 'kept'> & { readonly of: (record: number) => boolean }) {
  return fork.threadId.map((threadId, record) =>
    of(record) ? (
      <Fact key={record} name={fork.relation[record] === 'source' ? 'Fork of' : 'Forked into'}>
        {fork.title[record] ? <TextLink href={threadAddress(threadId, kept)}>{fork.title[record]}</TextLink> : null}
        <small>
          <CopyableIdentifier
            id={threadId}
            whole
            {...(fork.known[record] === false ? {} : { href: threadAddress(threadId, kept) })}
            what={fork.relation[record] === 'source' ? 'the source thread’s id' : 'the fork’s id'}
          />
          {fork.known[record] === false ? '; not in these logs' : ''}
        </small>
      </Fact>
    ) : null,
  );
}

function ItemFacts({
  item,
  tables,
  telling,
}: {
  readonly item: Item;
  readonly tables: Tables;
  readonly telling: DetailsProps['telling'];
}) {
  const { when, lines } = describe(tables, item, telling);
  const timed = !Number.isNaN(item.from);
  return (
    <>
      <Fact name="Started">
        {timed ? momentText(item.from, telling) : <Unknown reason={when} />}
        {item.own || !timed ? null : <small>{when}</small>}
      </Fact>
      {!lookOf(item.kind).lasts ? null : (
        <>
          <Fact name="Ended">
            {item.to === null ? <Unknown reason="The logs do not record the end." /> : momentText(item.to, telling)}
          </Fact>
          <Fact name="Duration">
            <Duration milliseconds={item.to === null || !timed ? null : item.to - item.from} />
          </Fact>
        </>
      )}
      {lines.length === 0 || !hasOutcome(item.kind) ? null : (
        <Fact name="Details">
          {lines.map((line) => (
            <span key={line} className={classes.line}>
              {line}
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}

'use client';

import { counted, whole } from '@/components/formats';
import { threadAddress, turnAddress } from '@/components/links';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Duration, Tokens, Unknown } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import { describe, momentText, threadName } from './describe';
import type { DetailsProps } from './details';
import type { Item } from './items';
import type { Selection } from './selection';
import type { Tables } from './tables';
import classes from './details.module.css';

/** The facts of what is selected, each with the thread and turn that it belongs to. */
export function DetailsFacts({ scene, tables, selection, lane, item, telling, onSelect, kept }: Omit<DetailsProps, 'selection'> & { readonly selection: Selection; readonly lane: number }) {
  const { lanes } = tables;
  const parent = scene.outline.parents[lane] ?? -1;
  const turnId = selection.kind === 'thread' ? null : selection.turnId;
  const choose = (other: number) => <button type="button" className={classes.textButton} onClick={() => onSelect({ kind: 'thread', threadId: lanes.threadId[other] ?? '' }, null)}>{threadName(tables, other)}</button>;
  return (
    <Facts>
      <Fact name="Thread"><CopyableIdentifier id={selection.threadId} whole href={threadAddress(selection.threadId, kept)} what="the thread’s id" />{lanes.title[lane] === null || lanes.title[lane] === undefined ? null : <small>{lanes.title[lane]}</small>}</Fact>
      {selection.kind === 'thread' ? (
        <>
          <Fact name="Kind">{[lanes.kind[lane], lanes.agentNickname[lane], lanes.agentRole[lane]].filter(Boolean).join(', ')}</Fact>
          <Fact name="Model">{lanes.model[lane] ?? <Unknown />}</Fact>
          {parent < 0 ? null : <Fact name="Spawned by">{choose(parent)}</Fact>}
          {lanes.forkedFromThreadId[lane] ? <Fact name="Fork of"><CopyableIdentifier id={lanes.forkedFromThreadId[lane]} whole href={threadAddress(lanes.forkedFromThreadId[lane], kept)} what="the id of the thread that it is a fork of" /></Fact> : null}
          <Forks tables={tables} scene={scene} lane={lane} kept={kept} />
          <Fact name="Turns">{whole(lanes.turns[lane] ?? 0)}</Fact>
          <Fact name="Tokens"><Tokens value={lanes.tokens[lane] ?? null} exact /></Fact>
          <Fact name="Compactions">{whole(lanes.compactions[lane] ?? 0)}{(lanes.compactions[lane] ?? 0) > 0 ? <>, <Tokens value={lanes.tokensSaved[lane] ?? null} exact /> tokens saved</> : null}{(lanes.storms[lane] ?? 0) > 0 ? <>, {counted(lanes.storms[lane] ?? 0, 'storm')}</> : null}</Fact>
        </>
      ) : null}
      {turnId === null || selection.kind === 'turn' ? null : <Fact name="Turn"><button type="button" className={classes.textButton} onClick={() => onSelect({ kind: 'turn', threadId: selection.threadId, turnId }, null)}>Select its turn</button></Fact>}
      {selection.kind === 'turn' ? <Fact name="Turn"><CopyableIdentifier id={selection.turnId} whole href={turnAddress(selection.threadId, selection.turnId, kept)} what="the turn’s id" /></Fact> : null}
      {item === null ? null : <ItemFacts item={item} tables={tables} telling={telling} />}
    </Facts>
  );
}

/** Threads of other trees that went on from this one. */
function Forks({ scene: { timeline: { forks } }, lane, kept }: Pick<DetailsProps, 'scene' | 'tables' | 'kept'> & { readonly lane: number }) {
  const own = forks.lane.flatMap((of, index) => (of === lane ? [index] : []));
  if (own.length === 0) return null;
  return <Fact name="Forked into">{own.map((index) => <span key={index}><TextLink href={threadAddress(forks.threadId[index] ?? '', kept)}>{forks.title[index] ?? <code>{forks.threadId[index]}</code>}</TextLink> </span>)}</Fact>;
}

function ItemFacts({ item, tables, telling }: { readonly item: Item; readonly tables: Tables; readonly telling: DetailsProps['telling'] }) {
  const { when, lines } = describe(tables, item, telling);
  const timed = !Number.isNaN(item.from);
  return (
    <>
      <Fact name="Began">{timed ? momentText(item.from, telling) : <Unknown reason={when} />}{item.own || !timed ? null : <small>{when}</small>}</Fact>
      {item.kind === 'thread' || item.kind === 'steer' || item.kind === 'hook run' || item.kind === 'completed hook run' ? null : (
        <>
          <Fact name="Ended">{item.to === null ? <Unknown reason="No log says when it ended." /> : momentText(item.to, telling)}</Fact>
          <Fact name="Took"><Duration milliseconds={item.to === null || !timed ? null : item.to - item.from} /></Fact>
        </>
      )}
      {lines.length === 0 || item.kind === 'thread' ? null : <Fact name="More">{lines.map((line) => <span key={line} className={classes.line}>{line}</span>)}</Fact>}
    </>
  );
}

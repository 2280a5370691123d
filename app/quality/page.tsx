import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { formatInteger } from '@/components/formats';
import { address, type CursorName } from '@/components/links';
import {
  ByImportTable,
  LineTable,
  PassedOverTable,
  RejectCodeTable,
  RepairTable,
  TypeTable,
} from '@/components/quality/came-in-tables';
import { OddityTable, ParentTable, ThreadTable, TimeTable, TurnTable } from '@/components/quality/record-tables';
import { RepeatTable } from '@/components/quality/repeat-table';
import { UnknownTable } from '@/components/quality/unknown-table';
import { repairReason } from '@/components/quality/words';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Columns } from '@/components/ui/columns';
import { NoMatch } from '@/components/ui/no-match';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import type { UrlParameters } from '@/lib/parameters.ts';
import * as quality from '@/lib/queries/data-quality.ts';
import { importNames } from '@/lib/queries/imports.ts';
import { Filled } from '../filled';
import { listed } from '../listed';
import { readPage, store, type SearchParams } from '../view';
import { readEvents, readThreads, readTurns } from './read';

export const metadata: Metadata = { title: 'Data quality' };
const path = '/quality';
const shown = 40;
/** The place where a list of the page continues. */
const place = z.string().optional();
const Parameters = z.object({
  unknowns: place,
  entries: place,
  imports: place,
  types: place,
  repairs: place,
  repeats: place,
});
/** The imports that the page is about, and how its links keep to them. */
interface Place {
  readonly filter: quality.Scope;
  readonly scope: UrlParameters;
  readonly cursors: z.output<typeof Parameters>;
}

export default async function DataQualityPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Data quality" path={path} bad={page} />;
  const {
    filter: { importId },
    kept,
  } = page.value;
  const shownImports: Place = {
    filter: importId === undefined ? {} : { importId },
    scope: { importId: kept.importId },
    cursors: page.value,
  };
  return (
    <>
      <PageHeader title="Data quality">
        What was imported, what Dendro does not know, could not read or had to infer, and which records contradict
        themselves. Only the Import filter applies.
      </PageHeader>
      <Filled>
        <Sections {...shownImports} />
      </Filled>
    </>
  );
}

async function Sections(of: Place) {
  const { importId } = of.filter;
  if (importId?.length && (await importNames(store(), importId)).size === 0)
    return <NoMatch what="imports" kept={of.scope} clear={path} />;
  return (
    <>
      <Columns>
        <Block title="Lines" what="the lines" lines={6}>
          <LinesOf {...of} />
        </Block>
        <Block title="Rejects" what="the rejects" note="By code" lines={3}>
          <Rejects {...of} />
        </Block>
      </Columns>
      <div id="unknowns">
        <Block
          title="Unknown"
          what="unknown items"
          note="Types, fields and values not known from any Codex version; all are kept"
          lines={4}
        >
          <Unknowns {...of} />
        </Block>
      </div>
      <div id="types">
        <Block title="Events" what="the events" note="By type and format, including repeats" lines={20}>
          <Events {...of} />
        </Block>
      </div>
      <Columns>
        <div id="repairs">
          <Block
            title="Repairs"
            what="the repairs"
            note={`Fields ${repairReason}. They count as missing; the event still counts`}
          >
            <Repairs {...of} />
          </Block>
        </div>
        <div id="repeats">
          <Block title="Repeated events" what="the repeated events" note="By deduplication key">
            <Repeated {...of} />
          </Block>
        </div>
      </Columns>
      <Block title="Threads" what="the threads" note="By kind and source of the parent, most reliable first">
        <Parents {...of} />
      </Block>
      <Columns>
        <Block title="Thread coverage" what="the threads" lines={8}>
          <Threads {...of} />
        </Block>
        <Block title="Turn coverage" what="the turns" lines={8}>
          <Turns {...of} />
        </Block>
      </Columns>
      <Block title="Times" what="the times" note="Source of timestamps">
        <Times {...of} />
      </Block>
      <Block
        title="Clock and unit oddities"
        what="the oddities"
        note="Records that contradict themselves. A dash means no record has enough data to tell"
        lines={8}
      >
        <Odd {...of} />
      </Block>
      <div id="entries">
        <Block title="Archive entries not read" what="the entries">
          <PassedOver {...of} />
        </Block>
      </div>
      <div id="imports">
        <Block title="By import" what="the imports" note="Most issues first" lines={8}>
          <Imports {...of} />
        </Block>
      </div>
    </>
  );
}

const None = ({ because }: { readonly because: string }) => <Notice kind="empty" title={`None: ${because}`} />;

async function LinesOf({ filter, scope }: Place) {
  return <LineTable lines={await quality.lines(store(), filter)} scope={scope} />;
}

async function Rejects({ filter, scope }: Place) {
  const rejects = await quality.rejectsByCode(store(), filter);
  return rejects.length === 0 ? (
    <None because="every line could be read." />
  ) : (
    <RejectCodeTable rejects={rejects} scope={scope} />
  );
}

async function Unknowns({ filter, scope, cursors: { unknowns: cursor } }: Place) {
  return listed(`${address(path, scope)}#unknowns`, async () => {
    const { total, unknowns, nextCursor } = await quality.unknownList(store(), filter, { limit: shown, cursor });
    if (total === 0) return <None because="Dendro knows every event type, field and value." />;
    return (
      <Shown total={total} nextCursor={nextCursor} cursor={cursor} scope={scope} name="unknowns" what="unknown items">
        <UnknownTable unknowns={unknowns} scope={scope} />
      </Shown>
    );
  });
}

async function Events({ filter, scope, cursors: { types: cursor } }: Place) {
  return listed(`${address(path, scope)}#types`, async () => {
    const { total, types, nextCursor } = await quality.eventsByType(store(), filter, { limit: shown, cursor });
    if (total === 0) return <None because="no line holds an event." />;
    return (
      <Shown total={total} nextCursor={nextCursor} cursor={cursor} scope={scope} name="types" what="types">
        <TypeTable types={types} scope={scope} />
      </Shown>
    );
  });
}

async function Repairs({ filter, scope, cursors: { repairs: cursor } }: Place) {
  return listed(`${address(path, scope)}#repairs`, async () => {
    const { total, repairs, nextCursor } = await quality.repairs(store(), filter, { limit: shown, cursor });
    if (total === 0) return <None because={`no field is ${repairReason}.`} />;
    return (
      <Shown total={total} nextCursor={nextCursor} cursor={cursor} scope={scope} name="repairs" what="fields">
        <RepairTable repairs={repairs} scope={scope} />
      </Shown>
    );
  });
}

async function Repeated({ filter, scope, cursors: { repeats: cursor } }: Place) {
  return listed(`${address(path, scope)}#repeats`, async () => {
    const { total, repeats, nextCursor } = await quality.repeats(store(), filter, { limit: shown, cursor });
    if (total === 0) return <None because="no event is repeated." />;
    return (
      <Shown total={total} nextCursor={nextCursor} cursor={cursor} scope={scope} name="repeats" what="types">
        <RepeatTable repeats={repeats} scope={scope} />
      </Shown>
    );
  });
}

interface ShownProps {
  readonly total: number;
  readonly nextCursor: string | null;
  readonly cursor: string | undefined;
  readonly scope: UrlParameters;
  readonly name: CursorName;
  readonly what: string;
  readonly children: ReactNode;
}

/** One page of a list, the length of the list where it continues, and the link to the next page. */
const Shown = ({ total, nextCursor, cursor, scope, name, what, children }: ShownProps) => (
  <>
    {children}
    {total > shown ? <p>{formatInteger(total)} total.</p> : null}
    <NextPage
      path={path}
      parameters={[scope]}
      nextCursor={nextCursor}
      cursor={cursor}
      name={name}
      anchor={`#${name}`}
      what={what}
    />
  </>
);

async function Parents({ filter, scope }: Place) {
  const { parents, total } = await readThreads(filter);
  return total === 0 ? <None because="no event names a thread." /> : <ParentTable parents={parents} scope={scope} />;
}

async function Threads({ filter, scope }: Place) {
  const threads = await readThreads(filter);
  return threads.total === 0 ? (
    <None because="no event names a thread." />
  ) : (
    <ThreadTable threads={threads} scope={scope} />
  );
}

async function Turns({ filter, scope }: Place) {
  const turns = await readTurns(filter);
  return turns.total === 0 ? <None because="no event names a turn." /> : <TurnTable turns={turns} scope={scope} />;
}

async function Times({ filter, scope }: Place) {
  return <TimeTable times={(await readEvents(filter)).times} scope={scope} />;
}

async function Odd({ filter, scope }: Place) {
  const [events, threads, turns] = await Promise.all([readEvents(filter), readThreads(filter), readTurns(filter)]);
  return <OddityTable events={events.oddities} threads={threads.oddities} turns={turns.oddities} scope={scope} />;
}

async function PassedOver({ filter, scope, cursors: { entries: cursor } }: Place) {
  return listed(`${address(path, scope)}#entries`, async () => {
    const { total, entries, nextCursor } = await quality.passedOver(store(), filter, { limit: shown, cursor });
    if (total === 0) return <None because="every entry of every archive was read." />;
    return (
      <Shown total={total} nextCursor={nextCursor} cursor={cursor} scope={scope} name="entries" what="entries">
        <PassedOverTable
          entries={entries}
          importNames={await importNames(
            store(),
            entries.map(({ importId }) => importId),
          )}
        />
      </Shown>
    );
  });
}

async function Imports({ filter, scope, cursors: { imports: cursor } }: Place) {
  return listed(`${address(path, scope)}#imports`, async () => {
    const { total, imports, nextCursor } = await quality.byImport(store(), filter, { limit: shown, cursor });
    return (
      <Shown total={total} nextCursor={nextCursor} cursor={cursor} scope={scope} name="imports" what="imports">
        <ByImportTable imports={imports} />
      </Shown>
    );
  });
}

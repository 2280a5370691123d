import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { formatBytes, pluralize, formatDuration, formatInteger } from '@/components/formats';
import { DeleteImport } from '@/components/imports/delete-import';
import { Formats } from '@/components/imports/import-table';
import { LogTable } from '@/components/imports/log-table';
import { RejectTable } from '@/components/imports/reject-table';
import { address } from '@/components/links';
import { repairReason } from '@/components/quality/words';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Count, Time } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';
import { importById, logList, rejectList } from '@/lib/queries/imports.ts';
import { mostOnPage } from '@/lib/queries/page-bytes.ts';
import type { Import } from '@/lib/queries/shapes.ts';
import { listed } from '../../listed';
import { readPage, store, type SearchParams } from '../../view';

type Props = { readonly params: Promise<{ readonly importId: string }>; readonly searchParams: SearchParams };
const Parameters = z.object({ cursor: z.string().optional(), entries: z.string().optional() });
const readImport = cache((id: string) => importById(store(), id));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readImport((await params).importId))?.name ?? 'Not found' };
}

export default async function ImportPage({ params, searchParams }: Props) {
  const found = await readImport((await params).importId);
  if (!found) notFound();
  const path = `/imports/${found.id}`;
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Import" path={path} bad={page} />;
  return (
    <>
      <PageHeader
        title={found.name}
        aside={<DeleteImport id={found.id} name={found.name} events={found.events.accepted} then="/imports" />}
      >
        <TextLink href="/imports">All imports</TextLink> ·{' '}
        <TextLink href={address('/', { importId: found.id })}>Filter to this import</TextLink> ·{' '}
        <TextLink href={address('/quality', { importId: found.id })}>Data quality of this import</TextLink>
      </PageHeader>
      <Block title="Summary" what="the summary">
        <ImportFacts found={found} />
      </Block>
      {found.logs.total > 1 ? (
        <div id="entries">
          <Block title="Logs" what="the logs" note="In import order">
            <Logs found={found} path={path} cursor={page.value.entries} />
          </Block>
        </div>
      ) : null}
      <div id="rejects">
        <Block title="Rejected lines" what="the rejected lines" note="In log order">
          <Rejects found={found} path={path} cursor={page.value.cursor} />
        </Block>
      </div>
    </>
  );
}

function ImportFacts({
  found: { sha256, bytes: size, formats, lines, events, logs, state, startedAt, finishedAt },
}: {
  readonly found: Import;
}) {
  return (
    <Facts>
      <Fact name="Stored">
        <Count value={events.accepted} unit="events" /> events
      </Fact>
      <Fact name="Duplicates">
        <Count value={events.duplicate} unit="events" /> events
      </Fact>
      <Fact name="Unknown">
        <Count value={events.unknown} unit="events" /> events
        <small>of an unknown type, stored unchanged</small>
      </Fact>
      <Fact name="Repaired">
        <Count value={events.repaired} unit="events" /> events<small>with a dropped field {repairReason}</small>
      </Fact>
      <Fact name="Lines">
        <Count value={lines.total} unit="lines" /> total, {formatInteger(lines.blank)} blank,{' '}
        {formatInteger(lines.rejected)} rejected
      </Fact>
      <Fact name="Formats">
        <Formats formats={formats} />
      </Fact>
      {state === 'incomplete' ? (
        <Fact name="State">
          Incomplete
          <small>The import was cut off or is still running. Drop the same files again to resume.</small>
        </Fact>
      ) : null}
      {logs.total > 1 ? (
        <Fact name="Logs">
          <Count value={logs.read} unit="logs" /> read
          <small>
            {formatInteger(logs.alreadyIn)} already imported, {formatInteger(logs.replaced)} replaced,{' '}
            {formatInteger(logs.passedOver)} skipped
          </small>
        </Fact>
      ) : null}
      <Fact name="Size">
        <span title={`${formatInteger(size)} bytes`}>{formatBytes(size)}</span>
      </Fact>
      <Fact name="Imported (UTC)">
        <Time iso={finishedAt} />
        <small>in {formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}</small>
      </Fact>
      {sha256 === null ? null : (
        <Fact name="SHA-256">
          <CopyableIdentifier id={sha256} what="SHA-256 of the upload" />
        </Fact>
      )}
    </Facts>
  );
}

type ListProps = { readonly found: Import; readonly path: string; readonly cursor: string | undefined };

const Logs = ({ found, path, cursor }: ListProps) =>
  listed(`${path}#entries`, async () => {
    const list = await logList(store(), found.id, { limit: 100, cursor }, mostOnPage);
    return (
      <>
        <p>{pluralize(list?.total ?? 0, 'log')}</p>
        <LogTable logs={list?.logs ?? []} />
        <NextPage
          path={path}
          parameters={[]}
          nextCursor={list?.nextCursor ?? null}
          cursor={cursor}
          name="entries"
          anchor="#entries"
          what="logs"
        />
      </>
    );
  });

const Rejects = ({ found, path, cursor }: ListProps) =>
  listed(`${path}#rejects`, async () => {
    if (found.lines.rejected === 0) return <Notice kind="empty" title="No rejected lines." />;
    const list = await rejectList(store(), found.id, { limit: 100, cursor }, mostOnPage);
    return (
      <>
        {list && list.total > list.kept ? (
          <p>
            Showing the first {formatInteger(list.kept)} of {pluralize(list.total, 'reject')}; the rest are only
            counted.
          </p>
        ) : null}
        <RejectTable rejects={list?.rejects ?? []} />
        <NextPage
          path={path}
          parameters={[]}
          nextCursor={list?.nextCursor ?? null}
          cursor={cursor}
          anchor="#rejects"
          what="rejected lines"
        />
      </>
    );
  });

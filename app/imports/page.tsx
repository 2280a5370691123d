import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { ImportTable } from '@/components/imports/import-table';
import { RunningImports } from '@/components/imports/running-imports';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { importList } from '@/lib/queries/imports.ts';
import { runningDendro } from '@/lib/running.ts';
import { Filled } from '../filled';
import { listed } from '../listed';
import { readPage, store, type SearchParams } from '../view';

export const metadata: Metadata = { title: 'Imports' };
const path = '/imports';
const Parameters = z.object({ cursor: z.string().optional() });

export default async function ImportsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Imports" path={path} bad={page} />;
  const running = runningDendro().importer.running();
  return (
    <>
      <PageHeader title="Imports">
        Each import is a log, or a folder or archive of logs. Deleting an import removes its data, except what other
        imports also contain. Filters don’t apply on this page.
      </PageHeader>
      <RunningImports initial={running} />
      <Filled>
        <Block title="Imported" what="the imports" note="Newest first">
          <Imported cursor={page.value.cursor} />
        </Block>
      </Filled>
    </>
  );
}

async function Imported({ cursor }: { readonly cursor: string | undefined }) {
  return listed(path, async () => {
    const { total, imports, nextCursor } = await importList(store(), { limit: 100, cursor });
    return (
      <>
        {imports.length === 0 ? (
          <Notice kind="empty" title="No older imports." />
        ) : (
          <ImportTable imports={imports} total={total} />
        )}
        <NextPage path={path} parameters={[]} nextCursor={nextCursor} cursor={cursor} what="imports" />
      </>
    );
  });
}

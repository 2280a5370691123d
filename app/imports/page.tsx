import type { Metadata } from 'next';
import { ImportTable } from '@/components/imports/import-table';
import { RunningImports } from '@/components/imports/running-imports';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { PageHeader } from '@/components/ui/page-header';
import { importList } from '@/lib/queries/imports.ts';
import { runningDendro } from '@/lib/running.ts';
import { Filled } from '../filled';
import { readPage, store, type SearchParams } from '../view';

export const metadata: Metadata = { title: 'Imports' };

export default async function ImportsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams);
  if (!page.ok) return <BadAddress title="Imports" path="/imports" bad={page} />;
  const running = runningDendro().importer.running();
  return (
    <>
      <PageHeader title="Imports">Every log that came in. An import is whole or not at all, and deleting one leaves every figure as if it had never been there. The filter does not apply here.</PageHeader>
      <RunningImports initial={running} />
      <Filled>
        <Block title="Imported" what="the imports" note="Newest first"><All /></Block>
      </Filled>
    </>
  );
}

async function All() {
  return <ImportTable imports={await importList(store())} />;
}

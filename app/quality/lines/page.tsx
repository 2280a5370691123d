import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { address } from '@/components/links';
import { Chosen } from '@/components/quality/chosen';
import { LineRows } from '@/components/quality/row-tables';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { lineRows, LineSelection } from '@/lib/queries/quality/came-in.ts';
import { Filled } from '../../filled';
import { listed } from '../../listed';
import { readPage, store, type SearchParams, type View } from '../../view';

export const metadata: Metadata = { title: 'Data quality: lines' };
const path = '/quality/lines';
const title = 'Data quality: lines';
const Parameters = LineSelection.extend({ cursor: z.string().optional() });

export default async function LineRowsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title={title} path={path} bad={page} />;
  return (
    <>
      <PageHeader title={title}>
        The lines behind a figure on{' '}
        <TextLink href={address('/quality', { importId: page.value.kept.importId })}>Data quality</TextLink>, by import.
        Dendro does not keep lines without an event. Only the Import filter applies.
      </PageHeader>
      <Filled>
        <Block title="Lines" what="the lines" lines={12}>
          <Lines {...page.value} />
        </Block>
      </Filled>
    </>
  );
}

async function Lines({ filter: { importId }, kept, cursor, readAs }: View & z.output<typeof Parameters>) {
  const scope = { importId: kept.importId };
  return listed(address(path, scope, { readAs }), async () => {
    const { total, imports, nextCursor } = await lineRows(store(), importId === undefined ? {} : { importId }, {
      readAs,
      limit: 100,
      cursor,
    });
    return (
      <>
        <Chosen
          label="Selected lines"
          path={path}
          kept={scope}
          chosen={{ readAs }}
          parts={[readAs === undefined ? null : { name: 'readAs', noun: 'read as', text: readAs }]}
        />
        {total === 0 ? (
          <NoMatch what="such lines" kept={scope} clear={address(path, { readAs })} />
        ) : (
          <LineRows imports={imports} total={total} />
        )}
        <NextPage path={path} parameters={[scope, { readAs }]} nextCursor={nextCursor} cursor={cursor} what="imports" />
      </>
    );
  });
}

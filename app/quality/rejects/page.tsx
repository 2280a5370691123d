import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { pluralize, formatInteger } from '@/components/formats';
import { Chosen } from '@/components/quality/chosen';
import { RejectRows } from '@/components/quality/row-tables';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { importNames } from '@/lib/queries/imports.ts';
import { rejectRows } from '@/lib/queries/quality/rejects.ts';
import { Filled } from '../../filled';
import { listed } from '../../listed';
import { readPage, store, type SearchParams, type View } from '../../view';

export const metadata: Metadata = { title: 'Data quality: rejects' };
const path = '/quality/rejects';
const title = 'Data quality: rejects';
const Parameters = z.object({ code: z.string().optional(), cursor: z.string().optional() });

export default async function RejectRowsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title={title} path={path} bad={page} />;
  return (
    <>
      <PageHeader title={title}>
        The rejects behind a figure on{' '}
        <TextLink href={address('/quality', { importId: page.value.kept.importId })}>Data quality</TextLink>, in log
        order. Only the Import filter applies.
      </PageHeader>
      <Filled>
        <Block title="Rejects" what="the rejects" lines={12}>
          <Rejects {...page.value} />
        </Block>
      </Filled>
    </>
  );
}

async function Rejects({ filter: { importId }, kept, cursor, code }: View & z.output<typeof Parameters>) {
  const scope = { importId: kept.importId };
  return listed(address(path, scope, { code }), async () => {
    const {
      total,
      kept: listedRejects,
      lines,
      rejects,
      nextCursor,
    } = await rejectRows(store(), importId === undefined ? {} : { importId }, { code, limit: 100, cursor });
    return (
      <>
        <Chosen
          label="Selected rejects"
          path={path}
          kept={scope}
          chosen={{ code }}
          parts={[code === undefined ? null : { name: 'code', noun: 'code', text: code }]}
        />
        {total === 0 ? null : (
          <p>
            {total === listedRejects
              ? `${pluralize(total, 'reject')} on ${pluralize(lines, 'line')}.`
              : `${pluralize(total, 'reject')}, ${formatInteger(listedRejects)} listed on ${pluralize(lines, 'line')}. Dendro keeps the first rejects of each import and only counts the rest.`}
          </p>
        )}
        {rejects.length === 0 ? (
          <NoMatch what="rejects" kept={scope} clear={path} />
        ) : (
          <RejectRows
            rejects={rejects}
            importNames={await importNames(
              store(),
              rejects.map((reject) => reject.importId),
            )}
          />
        )}
        <NextPage path={path} parameters={[scope, { code }]} nextCursor={nextCursor} cursor={cursor} what="rejects" />
      </>
    );
  });
}

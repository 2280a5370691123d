import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { Chosen } from '@/components/quality/chosen';
import { ThreadRows } from '@/components/quality/row-tables';
import { creationWords, knownFromWords, parentWords, seenWords, threadOddityWords } from '@/components/quality/words';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { selectedThreads, ThreadSelection } from '@/lib/queries/quality/threads.ts';
import { Filled } from '../../filled';
import { listed } from '../../listed';
import { readPage, store, type SearchParams, type View } from '../../view';

export const metadata: Metadata = { title: 'Data quality: threads' };
const path = '/quality/threads';
const title = 'Data quality: threads';
const Parameters = ThreadSelection.extend({ cursor: z.string().optional() });

export default async function ThreadRowsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title={title} path={path} bad={page} />;
  return (
    <>
      <PageHeader title={title}>
        The threads behind a figure on{' '}
        <TextLink href={address('/quality', { importId: page.value.kept.importId })}>Data quality</TextLink>, in tree
        order.
      </PageHeader>
      <Filled>
        <Block title="Threads" what="the threads" lines={12}>
          <Threads {...page.value} />
        </Block>
      </Filled>
    </>
  );
}

async function Threads({
  filter,
  kept,
  cursor,
  parent,
  seen,
  knownFrom,
  creation,
  oddity,
  judged,
}: View & z.output<typeof Parameters>) {
  const chosen = { parent, seen, knownFrom, creation, oddity, judged };
  return listed(address(path, kept, chosen), async () => {
    const { threads, nextCursor } = await selectedThreads(store(), filter, { ...chosen, limit: 100, cursor });
    return (
      <>
        <Chosen
          label="Selected threads"
          path={path}
          kept={kept}
          chosen={chosen}
          parts={[
            parent === undefined ? null : { name: 'parent', noun: 'parent', text: parentWords[parent].name },
            seen === undefined ? null : { name: 'seen', noun: 'log', text: seenWords[seen].name },
            knownFrom === undefined
              ? null
              : { name: 'knownFrom', noun: 'source', text: knownFromWords[knownFrom].name },
            creation === undefined
              ? null
              : { name: 'creation', noun: 'creation time', text: creationWords[creation].name },
            oddity === undefined ? null : { name: 'oddity', noun: 'oddity', text: threadOddityWords[oddity].name },
            judged === undefined ? null : { name: 'judged', noun: 'checked for', text: threadOddityWords[judged].name },
          ]}
        />
        {threads.length === 0 ? (
          <NoMatch what="such threads" kept={kept} clear={address(path, chosen)} />
        ) : (
          <ThreadRows threads={threads} kept={kept} />
        )}
        <NextPage path={path} parameters={[kept, chosen]} nextCursor={nextCursor} cursor={cursor} what="threads" />
      </>
    );
  });
}

import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Suspense } from 'react';
import { z } from 'zod';
import { columnsCookie, readColumns } from '@/components/threads/columns';
import { ThreadTree } from '@/components/threads/thread-tree';
import { BadAddress } from '@/components/ui/bad-address';
import { BlockError } from '@/components/ui/block-error';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { outline } from '@/lib/queries/outline/outline.ts';
import { outlineRows } from '@/lib/queries/outline/rows.ts';
import { longestSearch } from '@/lib/queries/outline/shapes.ts';
import { Arrangement } from '@/lib/queries/outline/trees.ts';
import { Filled } from '../filled';
import { readPage, store, type SearchParams, type View } from '../view';

export const metadata: Metadata = { title: 'Threads' };
const path = '/threads';
const Parameters = Arrangement.extend({ search: z.string().max(longestSearch).default('') });
/** The page comes with as many rows as a screen may show. */
const firstRows = 40;

export default async function ThreadsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Threads" path={path} bad={page} />;
  return (
    <>
      <PageHeader title="Threads">
        Threads and the threads they started. Each figure is for the thread alone, with its subtree total below.
      </PageHeader>
      <Filled>
        <BlockError what="the threads">
          <Suspense fallback={<Skeleton lines={16} what="the threads" />}>
            <Trees {...page.value} />
          </Suspense>
        </BlockError>
      </Filled>
    </>
  );
}

async function Trees({ filter, kept, search, sort, layout, guardians, trees }: View & z.output<typeof Parameters>) {
  const arrangement = { sort, layout, guardians, trees };
  const [start, jar] = await Promise.all([
    outline(store(), filter, arrangement, { offset: 0, limit: firstRows }),
    cookies(),
  ]);
  if (start.roots === 0 && !trees?.length) return <NoMatch what="threads" kept={kept} clear={path} />;
  const rows = await outlineRows(
    store(),
    filter,
    start.slices.flatMap(({ nodes }) => nodes.slice(0, 1)),
  );
  return (
    <ThreadTree
      start={start}
      rows={rows}
      arrangement={arrangement}
      search={search}
      columns={readColumns(jar.get(columnsCookie)?.value)}
      kept={kept}
    />
  );
}

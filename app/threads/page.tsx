import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { ThreadHeads } from '@/components/threads/thread-heads';
import { ThreadTree } from '@/components/threads/thread-tree';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { parseParameters } from '@/lib/parameters.ts';
import { threadList, threadSorts, type ThreadSort } from '@/lib/queries/threads.ts';
import { Filled } from '../filled';
import { readView, store, type SearchParams, type View } from '../view';

export const metadata: Metadata = { title: 'Threads' };
const path = '/threads';
const Parameters = z.object({ sort: z.enum(threadSorts).default('-createdAt'), cursor: z.string().optional() });

export default async function ThreadsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const view = await readView(searchParams);
  if (!view.ok) return <BadAddress title="Threads" path={path} error={view.error} />;
  const parsed = parseParameters(Parameters, view.value.parameters);
  if (!parsed.ok) return <BadAddress title="Threads" path={path} error={parsed.error} />;
  return (
    <>
      <PageHeader title="Threads">Trees of threads. A root unfolds to the subagents and guardians below it; under a filter, what does not match itself but has something below that does is set in grey.</PageHeader>
      <Filled><Block title="Trees" what="the threads" note="Arrow keys move and unfold, Enter opens a thread" lines={12}><Trees {...view.value} {...parsed.value} /></Block></Filled>
    </>
  );
}

async function Trees({ filter, kept, sort, cursor }: View & { readonly sort: ThreadSort; readonly cursor?: string | undefined }) {
  const { threads, nextCursor } = await threadList(store(), filter, { sort, limit: 50, cursor });
  if (threads.length === 0) return <NoMatch what="threads" kept={kept} clear={path} />;
  return (
    <>
      <ThreadTree roots={threads} kept={kept} head={<ThreadHeads sort={sort} kept={kept} />} />
      <NextPage path={path} parameters={[kept, { sort }]} nextCursor={nextCursor} cursor={cursor} what="trees" />
    </>
  );
}

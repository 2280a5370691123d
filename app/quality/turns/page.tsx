import type { Metadata } from 'next';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { Chosen } from '@/components/quality/chosen';
import { TurnRows } from '@/components/quality/row-tables';
import { gapWords, knownFromWords, turnOddityWords } from '@/components/quality/words';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { selectedTurns, TurnSelection } from '@/lib/queries/quality/turns.ts';
import { Filled } from '../../filled';
import { listed } from '../../listed';
import { readPage, store, type SearchParams, type View } from '../../view';

export const metadata: Metadata = { title: 'Data quality: turns' };
const path = '/quality/turns';
const title = 'Data quality: turns';
const Parameters = TurnSelection.extend({ cursor: z.string().optional() });

export default async function TurnRowsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title={title} path={path} bad={page} />;
  return (
    <>
      <PageHeader title={title}>
        The turns behind a figure on{' '}
        <TextLink href={address('/quality', { importId: page.value.kept.importId })}>Data quality</TextLink>, by thread.
      </PageHeader>
      <Filled>
        <Block title="Turns" what="the turns" lines={12}>
          <Turns {...page.value} />
        </Block>
      </Filled>
    </>
  );
}

async function Turns({ filter, kept, cursor, gap, knownFrom, oddity, judged }: View & z.output<typeof Parameters>) {
  const chosen = { gap, knownFrom, oddity, judged };
  return listed(address(path, kept, chosen), async () => {
    const { turns, nextCursor } = await selectedTurns(store(), filter, { ...chosen, limit: 100, cursor });
    return (
      <>
        <Chosen
          label="Selected turns"
          path={path}
          kept={kept}
          chosen={chosen}
          parts={[
            gap === undefined ? null : { name: 'gap', noun: 'missing', text: gapWords[gap].name },
            knownFrom === undefined
              ? null
              : { name: 'knownFrom', noun: 'source', text: knownFromWords[knownFrom].name },
            oddity === undefined ? null : { name: 'oddity', noun: 'oddity', text: turnOddityWords[oddity].name },
            judged === undefined ? null : { name: 'judged', noun: 'checked for', text: turnOddityWords[judged].name },
          ]}
        />
        {turns.length === 0 ? (
          <NoMatch what="such turns" kept={kept} clear={address(path, chosen)} />
        ) : (
          <TurnRows turns={turns} kept={kept} />
        )}
        <NextPage path={path} parameters={[kept, chosen]} nextCursor={nextCursor} cursor={cursor} what="turns" />
      </>
    );
  });
}

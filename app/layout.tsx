import './globals.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { Suspense, type ReactNode } from 'react';
import { ActiveFilterChips, FilterBar } from '@/components/filter/filter-bar';
import { ImportCenter } from '@/components/import/import-center';
import { LiveMark } from '@/components/shell/live-mark';
import { Shell } from '@/components/shell/shell';
import { Theme } from '@/components/shell/theme';
import { FilterError } from '@/components/filter/filter-error';
import { Notice } from '@/components/ui/notice';
import { RevisionProvider } from '@/components/ui/revision';
import type { Facets } from '@/lib/queries/facets.ts';
import { runningDendro } from '@/lib/running.ts';
import { readFacets } from './view';

export const metadata: Metadata = {
  title: { default: 'Dendro', template: '%s · Dendro' },
  description: 'Threads, subagents, compactions, hooks and guardian reviews of Codex, from its own logs.',
  referrer: 'no-referrer',
};
export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1411' },
  ],
};

/** Holds the place of the filter until its choices are read. */
const nothingYet: Facets = {
  threadKind: [],
  model: [],
  client: [],
  codexVersion: [],
  imports: [],
  more: { model: 0, client: 0, codexVersion: 0, imports: 0 },
};

export default async function RootLayout({
  children,
  panel,
}: {
  readonly children: ReactNode;
  readonly panel: ReactNode;
}) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  // Read before the figures: a change in between then refreshes the page.
  const { revision } = runningDendro().importer.changes;
  const found = readFacets();
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" suppressHydrationWarning />
      </head>
      <body>
        <Theme nonce={nonce}>
          <RevisionProvider value={revision}>
            <Shell
              filters={
                <FilterError>
                  <Suspense
                    fallback={
                      <div inert>
                        <FilterBar facets={nothingYet} />
                      </div>
                    }
                  >
                    <Filters found={found} />
                  </Suspense>
                </FilterError>
              }
              activeFilters={
                <FilterError>
                  <Suspense fallback={<ActiveFilterChips facets={nothingYet} />}>
                    <Chips found={found} />
                  </Suspense>
                </FilterError>
              }
              importButton={<ImportCenter />}
              notice={<StoreNotice />}
              live={<LiveMark />}
            >
              {children}
            </Shell>
          </RevisionProvider>
          {panel}
        </Theme>
      </body>
    </html>
  );
}

/** Shows on every page what is wrong with the store as a whole. */
function StoreNotice() {
  const trouble = runningDendro().store.trouble();
  if (!trouble) return null;
  const damaged = trouble.code === 'database_damaged';
  return (
    <Notice
      kind={damaged ? 'error' : 'remark'}
      title={damaged ? 'The database is damaged.' : 'The database engine failed.'}
    >
      <p>{trouble.message}</p>
    </Notice>
  );
}

async function Filters({ found }: { readonly found: Promise<Facets> }) {
  return <FilterBar facets={await found} />;
}

async function Chips({ found }: { readonly found: Promise<Facets> }) {
  return <ActiveFilterChips facets={await found} />;
}

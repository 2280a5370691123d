import { Suspense, type ReactNode } from 'react';
import { FirstStart } from '@/components/overview/first-start';
import { BlockError } from '@/components/ui/block-error';
import { Skeleton } from '@/components/ui/skeleton';
import { readFacets } from './view';

/** Shows the page's figures as soon as something is imported. */
export function Filled({ children }: { readonly children: ReactNode }) {
  return (
    <BlockError what="what is imported">
      <Suspense fallback={<Skeleton lines={8} what="the page" />}>
        <WhenImported>{children}</WhenImported>
      </Suspense>
    </BlockError>
  );
}

async function WhenImported({ children }: { readonly children: ReactNode }) {
  const { imports } = await readFacets();
  return imports.length === 0 ? <FirstStart /> : children;
}

import type { Metadata } from 'next';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <Notice kind="error" title="There is nothing at this address.">
        <p>A thread, an event or an import may have gone with an import that was deleted. <TextLink href="/threads">All threads</TextLink> · <TextLink href="/imports">All imports</TextLink></p>
      </Notice>
    </>
  );
}

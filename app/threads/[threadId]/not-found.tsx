import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';

export default function ThreadNotFound() {
  return (
    <>
      <PageHeader title="No such thread" />
      <Notice kind="error" title="No log that is in Dendro names a thread by this id.">
        <p>The log that named it may not have been imported, or may have been deleted. <TextLink href="/threads">All threads</TextLink> · <TextLink href="/imports">All imports</TextLink></p>
      </Notice>
    </>
  );
}

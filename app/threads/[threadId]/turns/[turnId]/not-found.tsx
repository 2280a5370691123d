import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';

export default function TurnNotFound() {
  return (
    <>
      <PageHeader title="No such turn" />
      <Notice kind="error" title="No log that is in Dendro names a turn by this id in this thread.">
        <p>The log that named it may not have been imported, or may have been deleted. <TextLink href="/threads">All threads</TextLink> · <TextLink href="/imports">All imports</TextLink></p>
      </Notice>
    </>
  );
}

import { Notice } from './notice';
import { PageHeader } from './page-header';
import { TextLink } from './text-link';

interface NotThereProps {
  /** The page's heading. */
  readonly title: string;
  /** The missing thing, as a sentence. */
  readonly what: string;
  /** The explanation, as a sentence. */
  readonly why: string;
}

/** Shows the page of an address without content. */
export function NotThere({ title, what, why }: NotThereProps) {
  return (
    <>
      <PageHeader title={title} />
      <Notice kind="error" title={what}>
        <p>
          {why} <TextLink href="/threads">All threads</TextLink> · <TextLink href="/imports">All imports</TextLink>
        </p>
      </Notice>
    </>
  );
}

import { Notice } from './notice';
import { PageHeader } from './page-header';
import { TextLink } from './text-link';

interface NotThereProps {
  /** The page's heading. */
  readonly title: string;
  /** What is not there, as a sentence. */
  readonly what: string;
  /** How that can be, as a sentence. */
  readonly why: string;
}

/** The page of an address at which there is nothing. */
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

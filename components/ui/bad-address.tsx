import { address } from '@/components/links';
import type { ParameterError, UrlParameters } from '@/lib/parameters.ts';
import { Notice } from './notice';
import { PageHeader } from './page-header';
import { TextLink } from './text-link';

interface BadAddressProps {
  readonly title: string;
  readonly path: string;
  /** The error, and the address's parameters without the bad one. */
  readonly bad: { readonly error: ParameterError; readonly rest: UrlParameters };
}

/** Shows the page for an address with a parameter that cannot be read. */
export function BadAddress({ title, path, bad: { error, rest } }: BadAddressProps) {
  return (
    <>
      <PageHeader title={title} />
      <Notice kind="error" title="Invalid address">
        <p>{error.message}</p>
        <p>
          <TextLink href={address(path, rest)}>Open without “{error.parameter}”</TextLink>
        </p>
      </Notice>
    </>
  );
}

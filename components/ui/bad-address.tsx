import type { ParameterError } from '@/lib/parameters.ts';
import { Notice } from './notice';
import { PageHeader } from './page-header';
import { TextLink } from './text-link';

/** The page for an address with a parameter that cannot be read. */
export function BadAddress({ title, path, error }: { readonly title: string; readonly path: string; readonly error: ParameterError }) {
  return (
    <>
      <PageHeader title={title} />
      <Notice kind="error" title="This address cannot be read.">
        <p>{error.message}</p>
        <p><TextLink href={path}>Open the page without parameters</TextLink></p>
      </Notice>
    </>
  );
}

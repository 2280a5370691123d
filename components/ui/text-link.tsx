import Link from 'next/link';
import type { ComponentProps } from 'react';

/** Shows a link inside figures and tables. Pages hold hundreds of them, so none is fetched before it is followed. */
export function TextLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  return <Link {...props} prefetch={false} />;
}

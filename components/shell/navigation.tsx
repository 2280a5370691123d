'use client';

import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import { address } from '@/components/links';
import { useKeptFilter } from '@/components/filter/use-filter';
import classes from './shell.module.css';

const pages = [
  ['/', 'Overview'],
  ['/threads', 'Threads'],
  ['/compactions', 'Compactions'],
  ['/hooks', 'Hooks'],
  ['/guardian', 'Guardian'],
  ['/imports', 'Imports'],
  ['/quality', 'Data quality'],
] as const;

function Pending() {
  return useLinkStatus().pending ? <span className={classes.pending} aria-hidden="true" /> : null;
}

/** Shows links to the pages, with the filter. */
export function Navigation({ onFollow }: { readonly onFollow?: () => void }) {
  const path = usePathname();
  const keptFilter = useKeptFilter();
  return (
    <ul className={classes.pages}>
      {pages.map(([page, name]) => {
        const here = page === '/' ? path === '/' : path === page || path.startsWith(`${page}/`);
        return (
          <li key={page}>
            <Link
              className={classes.page}
              href={address(page, keptFilter)}
              prefetch={false}
              aria-current={path === page ? 'page' : here ? 'true' : undefined}
              {...(onFollow ? { onClick: onFollow } : {})}
            >
              {name}
              <Pending />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

'use client';

import { Drawer } from '@mantine/core';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import classes from './event.module.css';

/** Shows an event beside the page it was opened from; closing it goes back to that page. */
export function EventPanel({
  title,
  href,
  children,
}: {
  readonly title: string;
  readonly href: string;
  readonly children: ReactNode;
}) {
  const router = useRouter();
  return (
    <Drawer
      opened
      onClose={() => router.back()}
      position="right"
      size="44rem"
      title={<code>{title}</code>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes.panelTitle ?? '' }}
    >
      {children}
      <p className={classes.whole}>
        <a href={href}>Open full page</a>
      </p>
    </Drawer>
  );
}

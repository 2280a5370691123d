'use client';

import { IconMenu2, IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { address } from '@/components/links';
import { useKeptFilter } from '@/components/filter/use-filter';
import { Spoken } from '@/components/ui/spoken';
import { Logo } from './logo';
import { Navigation } from './navigation';
import { SchemeChoice } from './scheme-choice';
import classes from './shell.module.css';

/**
 * Shows the logo, the pages, the live button and the choice of the colour scheme. On a narrow screen a button expands
 * all but the logo.
 */
export function Side({ live }: { readonly live: ReactNode }) {
  const [open, setOpen] = useState(false);
  const keptFilter = useKeptFilter();
  return (
    <nav className={classes.frameSide} aria-label="Dendro">
      <div className={classes.side}>
        <Link className={classes.name} href={address('/', keptFilter)} prefetch={false}>
          <Logo />
          Dendro
        </Link>
        <button
          type="button"
          className={classes.burger}
          aria-expanded={open}
          aria-controls="pages"
          onClick={() => setOpen(!open)}
        >
          {open ? (
            <IconX size={20} stroke={1.5} aria-hidden="true" />
          ) : (
            <IconMenu2 size={20} stroke={1.5} aria-hidden="true" />
          )}
          <Spoken>Pages</Spoken>
        </button>
        <div id="pages" className={classes.navigation} data-open={open || undefined}>
          <Navigation onFollow={() => setOpen(false)} />
          {live}
          <SchemeChoice />
        </div>
      </div>
    </nav>
  );
}

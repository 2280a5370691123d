import type { ReactNode } from 'react';
import { TextLink } from '@/components/ui/text-link';
import classes from './thread.module.css';

/** Links to the rest of the turns. */
export const AfterTurns = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <p className={classes.after}>
    <TextLink href={href}>{children}</TextLink>
  </p>
);

import type { ReactNode } from 'react';
import { Spoken } from './spoken';
import { TextLink } from './text-link';
import classes from './chip.module.css';

/** Shows a choice as a link that removes it. */
export function Chip({ name, value, href }: { readonly name: string; readonly value: string; readonly href: string }) {
  return (
    <TextLink className={classes.chip} scroll={false} href={href} title="Remove">
      <span className={classes.name}>{name}</span> {value}{' '}
      <span aria-hidden="true" className={classes.away}>
        ×
      </span>
      <Spoken>, remove</Spoken>
    </TextLink>
  );
}

/** Shows chips in a row, over the list that they narrow down. */
export const Chips = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className={classes.chips} aria-label={label}>
    {children}
  </ul>
);

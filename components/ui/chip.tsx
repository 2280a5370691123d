import type { ReactNode } from 'react';
import { Spoken } from './spoken';
import { TextLink } from './text-link';
import classes from './chip.module.css';

/** Something that is chosen, as a link that takes it away. */
export function Chip({ name, value, href }: { readonly name: string; readonly value: string; readonly href: string }) {
  return (
    <TextLink className={classes.chip} scroll={false} href={href} title="Take this away">
      <span className={classes.name}>{name}</span> {value}{' '}
      <span aria-hidden="true" className={classes.away}>
        ×
      </span>
      <Spoken>, take this away</Spoken>
    </TextLink>
  );
}

/** Chips in a row, over the list that they narrow down. */
export const Chips = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className={classes.chips} aria-label={label}>
    {children}
  </ul>
);

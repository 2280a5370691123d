import type { ReactNode } from 'react';
import { formatInteger } from '@/components/formats';
import { Unknown } from './quantity';
import { Spoken } from './spoken';
import classes from './inferred.module.css';

/** A value that no log states. It never looks like one that a log states; `how` says what it follows from. */
export function Inferred({ how, children }: { readonly how: string; readonly children: ReactNode }) {
  return (
    <span className={classes.inferred} title={`Inferred: ${how}`}>
      {children}
      <Spoken> (inferred)</Spoken>
    </span>
  );
}

/** The same for a value that may be as the log states it. */
export const InferredWhen = ({
  inferred,
  how,
  children,
}: {
  readonly inferred: boolean;
  readonly how: string;
  readonly children: ReactNode;
}) => (inferred ? <Inferred how={how}>{children}</Inferred> : children);

/** How a turn's end is known that no log states. */
export const inferredEnd = 'no log says when the turn ended; this is taken from the last of its lines in its rollout';

/** Tokens of which the log tells only about how many they were. */
export function AboutTokens({ value, how }: { readonly value: number | null; readonly how: string }) {
  if (value === null) return <Unknown reason={how} />;
  return <Inferred how={`about ${formatInteger(value)} tokens; ${how}`}>≈{formatInteger(value)}</Inferred>;
}

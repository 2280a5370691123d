import type { ReactNode } from 'react';
import { formatInteger } from '@/components/formats';
import { Unknown } from './quantity';
import { Spoken } from './spoken';
import classes from './inferred.module.css';

/** Shows a value that no log states. It always looks different from a stated one; `how` says what it follows from. */
export function Inferred({ how, children }: { readonly how: string; readonly children: ReactNode }) {
  return (
    <span className={classes.inferred} title={`Inferred: ${how}`}>
      {children}
      <Spoken> (inferred)</Spoken>
    </span>
  );
}

/** Shows a value that is inferred or stated by the log. */
export const InferredWhen = ({
  inferred,
  how,
  children,
}: {
  readonly inferred: boolean;
  readonly how: string;
  readonly children: ReactNode;
}) => (inferred ? <Inferred how={how}>{children}</Inferred> : children);

/** The explanation of a turn's end that no log states. */
export const inferredEnd = 'the log has no end time; taken from the turn’s last line in the rollout';

/** Shows a token count that the log tells only approximately. */
export function AboutTokens({ value, how }: { readonly value: number | null; readonly how: string }) {
  if (value === null) return <Unknown reason={how} />;
  return <Inferred how={`about ${formatInteger(value)} tokens; ${how}`}>≈{formatInteger(value)}</Inferred>;
}

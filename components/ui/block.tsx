import { Suspense, useId, type ReactNode } from 'react';
import { BlockError } from './block-error';
import { Skeleton } from './skeleton';
import classes from './block.module.css';

interface BlockProps {
  readonly title: string;
  /** The content's name while it loads or cannot be read: "the largest trees". */
  readonly what: string;
  readonly lines?: number;
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Shows a titled section whose figures load, and fail, on their own. */
export function Block({ title, what, lines = 5, note, aside, children }: BlockProps) {
  const id = useId();
  return (
    <section className={classes.block} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {note === undefined ? null : <p className={classes.note}>{note}</p>}
        {aside === undefined ? null : <div className={classes.aside}>{aside}</div>}
      </div>
      <BlockError what={what}>
        <Suspense fallback={<Skeleton lines={lines} what={what} />}>{children}</Suspense>
      </BlockError>
    </section>
  );
}

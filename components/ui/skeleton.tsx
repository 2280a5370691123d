import classes from './skeleton.module.css';

/** Holds the place of figures that are loading, with about as many lines as will come. */
export function Skeleton({ lines = 4, what }: { readonly lines?: number; readonly what: string }) {
  return (
    <div className={classes.skeleton} role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={classes.line} />
      ))}
    </div>
  );
}

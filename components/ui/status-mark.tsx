import { markAddress, statusLook, type Mark, type Tone } from './status';
import classes from './status.module.css';

/** Shows the small drawing of a status; the words beside it carry the meaning. */
export function StatusMark({ mark, tone }: { readonly mark: Mark; readonly tone: Tone }) {
  return (
    <svg className={classes.mark} data-tone={tone} aria-hidden="true">
      <use href={markAddress(mark)} />
    </svg>
  );
}

/** Shows a status in words with its mark. */
export function StatusLabel({ status }: { readonly status: string | null }) {
  const { label, mark, tone, meaning } = statusLook(status);
  return (
    <span className={classes.label} title={meaning}>
      <StatusMark mark={mark} tone={tone} />
      {label}
    </span>
  );
}

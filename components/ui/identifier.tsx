import { shortId } from '@/components/formats';
import { CopyButton } from './copy-button';
import { TextLink } from './text-link';
import classes from './identifier.module.css';

/** Shows an id in short, whole on hover; a link when it leads somewhere. */
export function Identifier({
  id,
  href,
  whole = false,
}: {
  readonly id: string;
  readonly href?: string;
  readonly whole?: boolean;
}) {
  const text = whole ? id : shortId(id);
  return href === undefined ? (
    <code className={classes.id} title={id}>
      {text}
    </code>
  ) : (
    <TextLink className={classes.id} href={href} title={id}>
      {text}
    </TextLink>
  );
}

/** Shows an id that can be copied. */
export function CopyableIdentifier({
  what,
  ...props
}: {
  readonly id: string;
  readonly href?: string;
  readonly whole?: boolean;
  readonly what: string;
}) {
  return (
    <span className={classes.copyable}>
      <Identifier {...props} />
      <CopyButton text={props.id} what={what} />
    </span>
  );
}

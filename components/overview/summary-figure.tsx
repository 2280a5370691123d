import type { ReactNode } from 'react';
import { formatShare, formatInteger } from '@/components/formats';
import { NotInLogs } from '@/components/ui/source';
import { statusLook } from '@/components/ui/status';
import { StatusMark } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import classes from './summary.module.css';

/** A part of a figure: by a status, or by another name. `absent` says why the logs cannot have the count. */
export type Part =
  | { readonly status: string; readonly count: number; readonly href?: string }
  | { readonly status: string; readonly absent: string }
  | { readonly label: string; readonly title?: string; readonly count: number; readonly href?: string };

interface SummaryFigureProps {
  readonly title: string;
  readonly href: string;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly parts: readonly Part[];
}

export function SummaryFigure({ title, href, value, note, parts }: SummaryFigureProps) {
  const total = parts.reduce((sum, part) => sum + ('count' in part ? part.count : 0), 0);
  return (
    <div className={classes.figure}>
      <h3 className={classes.label}>
        <TextLink href={href}>{title}</TextLink>
      </h3>
      <p className={classes.value}>{value}</p>
      <p className={classes.note}>{note}</p>
      <ul className={classes.parts}>
        {parts.map((part) => (
          <li key={'status' in part ? part.status : part.label}>
            <PartLine part={part} total={total} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PartLine({ part, total }: { readonly part: Part; readonly total: number }) {
  const look = 'status' in part ? statusLook(part.status) : null;
  const name = (
    <>
      {look === null ? null : <StatusMark mark={look.mark} tone={look.tone} />}
      <span className={classes.partLabel}>{'status' in part ? look?.label : part.label}</span>
    </>
  );
  if ('absent' in part)
    return (
      <span className={classes.part} data-none>
        {name}
        <NotInLogs reason={part.absent} short />
      </span>
    );
  const title =
    look !== null
      ? `${formatShare(part.count, total) ?? 'none'}: ${look.meaning}`
      : 'title' in part
        ? part.title
        : undefined;
  const inside = (
    <>
      {name}
      <span>{formatInteger(part.count)}</span>
    </>
  );
  return part.href === undefined || part.count === 0 ? (
    <span className={classes.part} data-none={part.count === 0 || undefined} title={title}>
      {inside}
    </span>
  ) : (
    <TextLink className={classes.part} href={part.href} title={title}>
      {inside}
    </TextLink>
  );
}

'use client';

import { formatBytes, pluralize, formatShare, formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { repairReason } from '@/components/quality/words';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import type { Import } from '@/lib/queries/shapes.ts';
import { FigureList } from './figure-list';
import type { FileImport } from './items';
import { importQueue } from './queue';
import { RejectList } from './reject-list';
import classes from './import.module.css';

/** Shows the progress or the result of one file. */
export function ImportCard({
  file: { key, name, bytes: size, state },
  onFollow,
}: {
  readonly file: FileImport;
  readonly onFollow: () => void;
}) {
  return (
    <article className={classes.card} aria-label={name} data-kind={state.kind}>
      <header className={classes.cardHead}>
        <h3 className={classes.cardName}>{name}</h3>
        <span className={classes.quiet} title={`${formatInteger(size)} bytes`}>
          {formatBytes(size)}
        </span>
        {state.kind === 'waiting' || state.kind === 'running' ? (
          <Button onClick={() => importQueue.cancel(key)}>Cancel</Button>
        ) : null}
      </header>
      {state.kind === 'waiting' ? <p className={classes.quiet}>Queued</p> : null}
      {state.kind === 'cancelled' ? <p>Cancelled. Nothing was imported.</p> : null}
      {state.kind === 'refused' ? (
        <p className={classes.refusal}>
          {state.message} <code>{state.code}</code>
        </p>
      ) : null}
      {state.kind === 'running' ? (
        <Running size={size} sentBytes={state.sentBytes} server={state.server} name={name} />
      ) : null}
      {state.kind === 'done' ? <Result result={state.result} existing={state.existing} onFollow={onFollow} /> : null}
    </article>
  );
}

type Going = Extract<FileImport['state'], { kind: 'running' }>;
function Running({
  size,
  sentBytes,
  server,
  name,
}: { readonly size: number; readonly name: string } & Pick<Going, 'sentBytes' | 'server'>) {
  const sent = sentBytes >= size;
  return (
    <>
      <progress
        className={classes.progress}
        max={Math.max(size, 1)}
        {...(sent ? {} : { value: sentBytes })}
        aria-label={`Sending ${name}`}
      />
      <p className={classes.quiet}>
        {sent
          ? 'Upload complete; storing'
          : `${formatBytes(sentBytes)} of ${formatBytes(size)} sent, ${formatShare(sentBytes, size) ?? ''}`}
        {server === null
          ? ''
          : ` · ${pluralize(server.lines, 'line')} read · ${pluralize(server.events, 'event')} found · ${formatInteger(server.rejected)} rejected`}
      </p>
    </>
  );
}

function Result({
  result,
  existing,
  onFollow,
}: {
  readonly result: Import;
  readonly existing: boolean;
  readonly onFollow: () => void;
}) {
  const { events, lines } = result;
  return (
    <>
      <p>
        {existing
          ? 'Already imported; nothing changed. Results of that import:'
          : `Imported: ${pluralize(lines.total, 'line')} read.`}
      </p>
      <FigureList
        figures={[
          ['stored', events.accepted, 'events added by this import'],
          ['duplicates', events.duplicate, 'events already stored, or repeated in this log'],
          ['unknown', events.unknown, 'events of an unknown type, stored unchanged'],
          ['repaired', events.repaired, `events with a dropped field ${repairReason}`],
          ['rejected', lines.rejected, 'lines that could not be read'],
        ]}
      />
      {result.rejects.length === 0 ? null : (
        <details className={classes.rejects} open={result.rejects.length <= 5}>
          <summary>
            {lines.rejected > result.rejects.length
              ? `First ${formatInteger(result.rejects.length)} of ${formatInteger(lines.rejected)} rejected lines`
              : pluralize(lines.rejected, 'rejected line')}
          </summary>
          <RejectList rejects={result.rejects} />
        </details>
      )}
      <p className={classes.links}>
        <TextLink href={address('/', { importId: result.id })} onClick={onFollow}>
          Filter to this import
        </TextLink>
        <TextLink href={`/imports/${result.id}`} onClick={onFollow}>
          Details
        </TextLink>
      </p>
    </>
  );
}

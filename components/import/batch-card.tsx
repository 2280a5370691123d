'use client';

import { formatBytes, pluralize, formatShare, formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { batchResult } from './batch-result';
import { FigureList } from './figure-list';
import { isActive, type BatchImport } from './items';
import { ListedFiles } from './listed-files';
import { importQueue } from './queue';
import classes from './import.module.css';

/** Shows the progress or the result of a folder, or of many files at once. */
export function BatchCard({ batch, onFollow }: { readonly batch: BatchImport; readonly onFollow: () => void }) {
  const { key, name, state, files, bytes: size } = batch;
  return (
    <article className={classes.card} aria-label={name} data-form="batch" data-kind={state.kind}>
      <header className={classes.cardHead}>
        <h3 className={classes.cardName}>{name}</h3>
        <span className={classes.quiet} title={`${formatInteger(size)} bytes`}>
          {pluralize(files, 'file')}, {formatBytes(size)}
        </span>
        {isActive(state) ? <Button onClick={() => importQueue.cancel(key)}>Cancel</Button> : null}
      </header>
      {state.kind === 'finding' ? <p className={classes.quiet}>Finding files…</p> : null}
      {state.kind === 'waiting' ? <p className={classes.quiet}>Queued</p> : null}
      {state.kind === 'running' ? <Running batch={batch} /> : null}
      {isActive(state) ? null : <Summary batch={batch} onFollow={onFollow} />}
    </article>
  );
}

function Running({ batch: { name, files, bytes: size, counts } }: { readonly batch: BatchImport }) {
  const { sentBytes, imported, existing, passedOver } = counts;
  const sent = sentBytes >= size;
  return (
    <>
      <progress
        className={classes.progress}
        max={Math.max(size, 1)}
        {...(sent ? {} : { value: sentBytes })}
        aria-label={`Importing ${name}`}
      />
      <p className={classes.quiet}>
        {formatInteger(imported + existing + passedOver)} of {pluralize(files, 'file')} processed ·{' '}
        {sent
          ? 'upload complete'
          : `${formatBytes(sentBytes)} of ${formatBytes(size)} sent, ${formatShare(sentBytes, size) ?? ''}`}
      </p>
      <p className={classes.quiet}>
        {formatInteger(imported)} imported · {formatInteger(existing)} already imported · {formatInteger(passedOver)}{' '}
        not Codex logs
      </p>
    </>
  );
}

function Summary({ batch, onFollow }: { readonly batch: BatchImport; readonly onFollow: () => void }) {
  const {
    state,
    counts: { imported, existing, passedOver: noLogs },
    passedOver,
    refusals,
  } = batch;
  const result = state.kind === 'done' ? state.result : null;
  return (
    <>
      <p>{batchResult(batch)}</p>
      <FigureList
        figures={[
          ['imported', imported, 'files imported'],
          ['already imported', existing, 'files already imported'],
          ['not logs', noLogs, 'files without Codex events'],
          ['skipped', passedOver.length, 'files skipped and not sent'],
          ['events', result?.events.accepted ?? 0, 'events added by this import'],
          ['rejected lines', result?.lines.rejected ?? 0, 'lines that could not be read'],
        ]}
      />
      <ListedFiles title={pluralize(refusals.length, 'changed file')} files={refusals} />
      <ListedFiles title={`${pluralize(passedOver.length, 'file')} skipped`} files={passedOver} />
      {result === null ? null : (
        <p className={classes.links}>
          <TextLink href={address('/', { importId: result.id })} onClick={onFollow}>
            Filter to this import
          </TextLink>
          <TextLink href={`/imports/${result.id}`} onClick={onFollow}>
            All files
          </TextLink>
        </p>
      )}
    </>
  );
}

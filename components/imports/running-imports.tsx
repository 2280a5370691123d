'use client';

import { useEffect, useState } from 'react';
import { ask } from '@/components/ask';
import { formatBytes, pluralize, formatShare } from '@/components/formats';
import { isActive } from '@/components/import/items';
import { useImports } from '@/components/import/use-imports';
import { Block } from '@/components/ui/block';
import type { RunningImport } from '@/lib/ingest/progress.ts';
import classes from './imports.module.css';

const phases = {
  reading: 'reading',
  waiting: 'queued',
  storing: 'storing',
} as const satisfies Record<RunningImport['phase'], string>;
const pollMs = 1000;

/** Shows all running imports with their progress. */
export function RunningImports({ initial }: { readonly initial: readonly RunningImport[] }) {
  const own = useImports().some(({ state }) => isActive(state));
  const [running, setRunning] = useState(initial);
  const [seen, setSeen] = useState(initial);
  if (seen !== initial) {
    setSeen(initial);
    setRunning(initial);
  }
  const watching = own || running.length > 0;

  useEffect(() => {
    if (!watching) return;
    let left = false;
    const poll = async (): Promise<void> => {
      const answer = await ask(
        async () => (await import('@/lib/ingest/progress.ts')).RunningImports,
        '/api/imports/running',
      );
      if (left || !answer.ok) return;
      setRunning(answer.value.running);
    };
    const timer = setInterval(() => {
      void poll();
    }, pollMs);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [watching]);

  if (running.length === 0) return null;
  return (
    <Block title="In progress" what="the imports in progress">
      <ul className={classes.running}>
        {running.map(({ name, clientKey, bytes: read, totalBytes, lines, events, rejected, phase }, index) => (
          <li key={clientKey ?? index}>
            <strong>{name}</strong>: {phases[phase]}, {formatBytes(read)}
            {totalBytes === null ? '' : ` of ${formatBytes(totalBytes)} (${formatShare(read, totalBytes) ?? ''})`}{' '}
            received, {pluralize(lines, 'line')} read, {pluralize(events, 'event')} found, {pluralize(rejected, 'line')}{' '}
            rejected
          </li>
        ))}
      </ul>
    </Block>
  );
}

'use client';

import { useState, type ToggleEvent } from 'react';
import { ask } from '@/components/ask';
import { formatBytes, pluralize, formatInteger } from '@/components/formats';
import { useOnRevision } from '@/components/ui/revision';
import { TextLink } from '@/components/ui/text-link';
import type { LogList } from '@/lib/queries/shapes.ts';
import classes from './imports.module.css';

/** The most logs shown below an import; its page has all of them. */
const shown = 20;
const otherStates: Readonly<Record<string, string>> = {
  already_in: 'already imported',
  replaced: 'replaced',
  passed_over: 'skipped',
};

/** Shows the logs of an import below its name, on request. */
export function UnfoldedLogs({
  id,
  name,
  total,
}: {
  readonly id: string;
  readonly name: string;
  readonly total: number;
}) {
  const [list, setList] = useState<LogList | string | null>(null);
  const read = async (): Promise<void> => {
    const answer = await ask(
      async () => (await import('@/lib/queries/shapes.ts')).LogList,
      `/api/imports/${id}/logs?limit=${shown}`,
    );
    setList(answer.ok ? answer.value : answer.error.message);
  };
  const load = async ({ newState }: ToggleEvent<HTMLDetailsElement>): Promise<void> => {
    if (newState === 'open' && (list === null || typeof list === 'string')) await read();
  };
  useOnRevision(() => {
    if (list !== null) void read();
  });
  return (
    <details
      className={classes.unfold}
      onToggle={(event) => {
        void load(event);
      }}
    >
      <summary>{pluralize(total, 'log')}</summary>
      {typeof list === 'string' ? <p role="alert">{list}</p> : null}
      {list === null || typeof list === 'string' ? null : (
        <>
          <ul aria-label={`Logs of ${name}`}>
            {list.logs.map((log, index) => (
              <li key={index}>
                <code className={classes.excerpt}>{log.path ?? 'this file'}</code>{' '}
                {log.state === 'read'
                  ? `${formatBytes(log.bytes)}, ${pluralize(log.lines.total, 'line')}, ${pluralize(log.events, 'event')}, ${formatInteger(log.lines.rejected)} rejected`
                  : (otherStates[log.state] ?? log.state)}
              </li>
            ))}
          </ul>
          {list.total > list.logs.length ? (
            <TextLink href={`/imports/${id}#entries`}>All {pluralize(list.total, 'log')}</TextLink>
          ) : null}
        </>
      )}
    </details>
  );
}

'use client';

import { useState } from 'react';
import type { UrlParameters } from '@/lib/parameters.ts';
import { pathSegment } from '@/lib/path-segment.ts';
import type { Turn } from '@/lib/queries/shapes.ts';
import type { ApiError } from '@/components/api';
import { ask } from '@/components/ask';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useOnRevision } from '@/components/ui/revision';
import { Skeleton } from '@/components/ui/skeleton';
import { HappeningTable } from './happening-table';
import { happeningsByTurn, totalOf, type Happening } from './happenings';
import { TurnFacts } from './turn-facts';
import { TurnLine } from './turn-line';
import classes from './thread.module.css';

type State =
  | { readonly kind: 'folded' | 'reading' }
  | { readonly kind: 'ready'; readonly happenings: readonly Happening[]; readonly total: number }
  | { readonly kind: 'failed'; readonly error: ApiError };
interface UnfoldingTurnProps {
  readonly turn: Turn;
  readonly name: string;
  readonly kept: UrlParameters;
}

/**
 * Shows a turn in one line, which is drawn here because the turn is sent anyway. Its facts are made, and its happenings
 * read, when it is first unfolded: a thread may have thousands of turns.
 */
export function UnfoldingTurn({ turn, name, kept }: UnfoldingTurnProps) {
  const { threadId, turnId } = turn;
  const [state, setState] = useState<State>({ kind: 'folded' });
  const read = async (): Promise<void> => {
    if (state.kind !== 'ready') setState({ kind: 'reading' });
    const answer = await ask(
      async () => (await import('./turn-happenings')).TurnHappenings,
      `/api/threads/${pathSegment(threadId)}/turns/${pathSegment(turnId)}/happenings`,
    );
    setState(
      answer.ok
        ? {
            kind: 'ready',
            happenings: happeningsByTurn(answer.value).get(turnId) ?? [],
            total: totalOf(answer.value.totals),
          }
        : { kind: 'failed', error: answer.error },
    );
  };
  useOnRevision(() => {
    if (state.kind === 'ready') void read();
  });
  return (
    <details
      className={classes.turn}
      onToggle={(event) => {
        if (event.currentTarget.open && state.kind === 'folded') void read();
      }}
    >
      <summary className={classes.turnLine}>
        <TurnLine turn={turn} name={name} />
      </summary>
      <div className={classes.turnBody}>
        {state.kind === 'folded' ? null : <TurnFacts turn={turn} kept={kept} />}
        {state.kind === 'reading' ? <Skeleton lines={4} what={`activity in ${name.toLowerCase()}`} /> : null}
        {state.kind === 'failed' ? (
          <Notice kind="error" title={state.error.message}>
            <Button
              onClick={() => {
                void read();
              }}
            >
              Try again
            </Button>
          </Notice>
        ) : null}
        {state.kind === 'ready' ? (
          <HappeningTable
            happenings={state.happenings}
            total={state.total}
            caption={`Activity in ${name.toLowerCase()}`}
            events={{ threadId, turnId }}
            kept={kept}
          />
        ) : null}
      </div>
    </details>
  );
}

import { eventAddress, threadAddress } from '@/components/links';
import { Badge } from '@/components/ui/badge';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Count, Duration, Time, Tokens } from '@/components/ui/quantity';
import { guardianOutcomes, hookOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Turn } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** A turn in one line. */
export function TurnLine({ turn, name }: { readonly turn: Turn; readonly name: string }) {
  return (
    <>
      <span className={classes.turnName}>{name}</span>
      <span>{turn.reported ? <StatusLabel status={turn.status} /> : <Badge meaning="Only other events name this turn: Codex sent none of its own for it.">unreported</Badge>}</span>
      <span className={classes.turnFigure}><small>began</small><Time iso={turn.startedAt} as="short" /></span>
      <span className={classes.turnFigure}><small>took</small><Duration milliseconds={turn.durationMs} /></span>
      <span className={classes.turnFigure}><small>tokens</small><Tokens value={turn.tokens?.total ?? null} /></span>
      <span className={classes.turnFigure}><small>tool calls</small><Count value={turn.toolCalls} unit="tool calls" /></span>
      <span className={classes.turnFigure}><small>compactions</small><Count value={turn.compactions} unit="compactions" /></span>
      <span className={classes.turnFigure}><small>hooks</small><StatusCounts outcomes={hookOutcomes(turn.hooks)} noun="hook run" /></span>
      <span className={classes.turnFigure}><small>guardian</small><StatusCounts outcomes={guardianOutcomes(turn.guardian)} noun="review" /></span>
    </>
  );
}

/** What is known about the turn beyond its line. */
export function TurnFacts({ turn, kept }: { readonly turn: Turn; readonly kept: UrlParameters }) {
  return (
    <p className={classes.turnFacts}>
      <CopyableIdentifier id={turn.turnId} whole href={threadAddress(turn.threadId, kept, { turn: turn.turnId })} what="the turn’s id" />
      {turn.model === null ? null : <span>Model <TextValue value={turn.model} /></span>}
      {turn.tokens === null ? null : <span>Input <Tokens value={turn.tokens.input} exact />, of it cached <Tokens value={turn.tokens.cachedInput} exact />; output <Tokens value={turn.tokens.output} exact />, of it reasoning <Tokens value={turn.tokens.reasoningOutput} exact /></span>}
      {turn.error === null ? null : <span>Error: {turn.error}</span>}
      {turn.eventId === null ? null : <TextLink href={eventAddress(turn.eventId, kept)}>JSON of the turn</TextLink>}
    </p>
  );
}

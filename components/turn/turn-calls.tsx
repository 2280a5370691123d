import { pluralize } from '@/components/formats';
import { Notice } from '@/components/ui/notice';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Turn } from '@/lib/queries/shapes.ts';
import { CallTable } from './call-table';
import type { CallStory } from './stories';

interface TurnCallsProps {
  readonly stories: readonly CallStory[];
  readonly turn: Turn;
  readonly kept: UrlParameters;
}

/** Shows the tool calls of a turn, or why there are none to show. */
export function TurnCalls({ stories, turn, kept }: TurnCallsProps) {
  return stories.length === 0 ? (
    <Notice
      kind="empty"
      title={
        turn.toolCalls === 0
          ? 'No tool was called.'
          : `Codex counts ${pluralize(turn.toolCalls, 'tool call')}, but these logs have no events for them.`
      }
    />
  ) : (
    <CallTable stories={stories} turn={turn} kept={kept} />
  );
}

import { Notice } from '@/components/ui/notice';
import type { Turn } from '@/lib/queries/shapes.ts';
import { errorSentence } from './error-words';
import classes from './turn.module.css';

/** Shows the error of a turn, in words and by Codex's names for it. */
export function TurnError({ turn }: { readonly turn: Turn }) {
  if (turn.error === null && turn.errorKind === null) return null;
  const kinds = [...new Set([turn.error, turn.errorKind])].filter((kind) => kind !== null);
  return (
    <div className={classes.failed}>
      <Notice kind="remark" title={errorSentence(turn)}>
        {turn.errorHttpStatus === null ? null : <>HTTP status {turn.errorHttpStatus}. </>}Codex error:{' '}
        {kinds.map((kind, index) => (
          <span key={kind}>
            {index > 0 ? ', kind: ' : ''}
            <code>{kind}</code>
          </span>
        ))}
        .
      </Notice>
    </div>
  );
}

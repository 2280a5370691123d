import { eventAddress, threadAddress } from '@/components/links';
import { Identifier } from '@/components/ui/identifier';
import { Duration } from '@/components/ui/quantity';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { approvalTriggerWords, failureReasonWords, resolutionWords } from './approval-words';
import { outcomeOf, type Asked } from './stories';
import classes from './turn.module.css';

const listed = (...parts: ReadonlyArray<string | null>): string => parts.filter((part) => part !== null).join(', ');

/** Shows who was asked and why, the answer, the time it took, and the guardian's findings. */
export function AskedLine({ asked, kept }: { readonly asked: Asked; readonly kept: UrlParameters }) {
  const { approval, review } = asked;
  const reviewer = approval?.reviewer ?? 'guardian';
  const milliseconds = approval?.durationMs ?? review?.latencyMs ?? null;
  const found =
    review &&
    listed(
      review.riskLevel === null ? null : `risk ${review.riskLevel}`,
      review.userAuthorization === null ? null : `authorization ${review.userAuthorization}`,
      review.failureReason === 'timeout' && review.terminalStatus === 'timed_out'
        ? null
        : failureReasonWords(review.failureReason),
      review.attemptCount === null || review.attemptCount < 2 ? null : `${review.attemptCount} attempts`,
    );
  return (
    <>
      {reviewer.charAt(0).toUpperCase() + reviewer.slice(1)} <StatusLabel status={outcomeOf(asked)} />
      {milliseconds === null ? null : (
        <>
          {' '}
          after <Duration milliseconds={milliseconds} />
        </>
      )}
      <span className={classes.told}>
        {listed(
          approvalTriggerWords(approval?.trigger ?? null),
          resolutionWords(approval?.resolution ?? null),
          found === '' ? null : found,
        )}
        {review?.guardianThreadId ? (
          <>
            {' '}
            (guardian thread{' '}
            <Identifier id={review.guardianThreadId} href={threadAddress(review.guardianThreadId, kept)} />)
          </>
        ) : null}
        {approval === null ? null : (
          <>
            {' '}
            <TextLink href={eventAddress(approval.eventId, kept)}>Approval JSON</TextLink>
          </>
        )}
        {review === null ? null : (
          <>
            {' '}
            <TextLink href={eventAddress(review.eventId, kept)}>Review JSON</TextLink>
          </>
        )}
      </span>
    </>
  );
}

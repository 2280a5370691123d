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

/** Who was asked and why, what the answer was, how long it took, and what the guardian found. */
export function AskedLine({ asked, kept }: { readonly asked: Asked; readonly kept: UrlParameters }) {
  const { approval, review } = asked;
  const reviewer = approval?.reviewer ?? 'guardian';
  const milliseconds = approval?.durationMs ?? review?.latencyMs ?? null;
  const event = approval ?? review;
  const found =
    review &&
    listed(
      review.riskLevel === null ? null : `risk ${review.riskLevel}`,
      review.userAuthorization === null ? null : `authorization ${review.userAuthorization}`,
      failureReasonWords(review.failureReason),
      review.attemptCount === null || review.attemptCount < 2 ? null : `${review.attemptCount} attempts`,
    );
  return (
    <>
      the {reviewer} <StatusLabel status={outcomeOf(asked)} />
      {milliseconds === null ? null : (
        <>
          {' '}
          in <Duration milliseconds={milliseconds} />
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
            by <Identifier id={review.guardianThreadId} href={threadAddress(review.guardianThreadId, kept)} />
          </>
        ) : null}
        {event === null ? null : (
          <>
            {' '}
            <TextLink href={eventAddress(event.eventId, kept)}>JSON</TextLink>
          </>
        )}
        {approval !== null && review !== null ? (
          <>
            {' '}
            <TextLink href={eventAddress(review.eventId, kept)}>JSON of the review</TextLink>
          </>
        ) : null}
      </span>
    </>
  );
}

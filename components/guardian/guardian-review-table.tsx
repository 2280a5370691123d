'use client';

import { formatShare } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { Cell, DataTable, Head, Remark } from '@/components/ui/data-table';
import { Identifier } from '@/components/ui/identifier';
import { Count, Duration, Time, Unknown } from '@/components/ui/quantity';
import { RecordPlace, RecordPlaceHeads, type ThreadNames } from '@/components/ui/record-place';
import { SourceBadge } from '@/components/ui/source';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { GuardianReview } from '@/lib/queries/shapes.ts';

/** Guardian reviews one by one. */
export function GuardianReviewTable({
  reviews,
  names,
  kept,
}: {
  readonly reviews: readonly GuardianReview[];
  readonly names: ThreadNames;
  readonly kept: UrlParameters;
}) {
  return (
    <DataTable
      caption="Guardian reviews"
      head={
        <tr>
          <Head>Time (UTC)</Head>
          <Head>Outcome</Head>
          <Head>Action</Head>
          <Head>Risk</Head>
          <Head>Authorization</Head>
          <Head>Verdict</Head>
          <Head figure>Latency</Head>
          <Head figure title="Latency as a share of the review’s time limit">
            % of time limit
          </Head>
          <Head figure>Attempts</Head>
          <Head>Guardian thread</Head>
          <Head>Source</Head>
          <RecordPlaceHeads />
        </tr>
      }
    >
      {reviews.map((review) => (
        <tr key={review.eventId}>
          <Cell>
            <Time iso={review.startedAt ?? review.completedAt} as="short" />
          </Cell>
          <Cell>
            <StatusLabel status={review.terminalStatus} />
            {review.failureReason === null ? null : <Remark>{review.failureReason}</Remark>}
          </Cell>
          <Cell>
            <TextValue value={review.actionType} />
          </Cell>
          <Cell>
            <TextValue value={review.riskLevel} absent="Not assessed." />
          </Cell>
          <Cell>
            <TextValue value={review.userAuthorization} absent="Not assessed." />
          </Cell>
          <Cell>
            <TextValue value={review.outcome} absent="No verdict." />
          </Cell>
          <Cell figure>
            <Duration milliseconds={review.latencyMs} />
          </Cell>
          <Cell figure>
            {review.latencyMs === null || review.reviewTimeoutMs === null ? (
              <Unknown />
            ) : (
              formatShare(review.latencyMs, review.reviewTimeoutMs)
            )}
          </Cell>
          <Cell figure>
            <Count value={review.attemptCount} unit="attempts" />
          </Cell>
          <Cell>
            {review.guardianThreadId === null ? (
              <Unknown reason="No guardian session started, or the log does not say." />
            ) : (
              <Identifier id={review.guardianThreadId} href={threadAddress(review.guardianThreadId, kept)} />
            )}
          </Cell>
          <Cell>
            <SourceBadge sources={[review.source]} />
          </Cell>
          <RecordPlace {...review} names={names} kept={kept} />
        </tr>
      ))}
    </DataTable>
  );
}

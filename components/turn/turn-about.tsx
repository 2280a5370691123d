import { pluralize } from '@/components/formats';
import { eventAddress, turnAddress } from '@/components/links';
import { PermissionsWords } from '@/components/thread/permissions-words';
import { WorkspaceList } from '@/components/thread/workspace-list';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { inferredEnd, InferredWhen } from '@/components/ui/inferred';
import { Duration, Time, Unknown } from '@/components/ui/quantity';
import { SourceBadge } from '@/components/ui/source';
import { TextLink } from '@/components/ui/text-link';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { TurnDetail } from '@/lib/queries/turn.ts';
import { Trigger } from './trigger';

/** `approvals_reviewer` (`schema.md` §4.2): versions differ in their name for the guardian. */
const reviewers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    user: 'reviewed by the user',
    auto_review: 'reviewed by the guardian',
    guardian_subagent: 'reviewed by the guardian',
  }),
);

/** Shows the facts of a turn itself. */
export function TurnAbout({ detail, kept }: { readonly detail: TurnDetail; readonly kept: UrlParameters }) {
  const { turn } = detail;
  const { approvalsReviewer: reviewer } = turn;
  return (
    <Facts>
      <Fact name="Turn">
        <CopyableIdentifier
          id={turn.turnId}
          whole
          href={turnAddress(turn.threadId, turn.turnId, kept)}
          what="the turn’s id"
        />
      </Fact>
      <Fact name="Triggered by">
        <Trigger detail={detail} kept={kept} />
      </Fact>
      <Fact name="Started (UTC)">
        <Time iso={turn.startedAt} />
      </Fact>
      <Fact name="Ended (UTC)">
        <InferredWhen inferred={turn.endInferred} how={inferredEnd}>
          <Time iso={turn.completedAt} />
        </InferredWhen>
      </Fact>
      <Fact name="Duration">
        <InferredWhen inferred={turn.endInferred} how={inferredEnd}>
          <Duration milliseconds={turn.durationMs} />
        </InferredWhen>
        {turn.timeToFirstTokenMs === null ? null : (
          <small>
            first token after <Duration milliseconds={turn.timeToFirstTokenMs} />
          </small>
        )}
      </Fact>
      <Fact name="Model">
        <TextValue value={turn.model} />
        {turn.reasoningEffort === null ? null : <small>effort {turn.reasoningEffort}</small>}
      </Fact>
      <Fact name="Permissions">
        {turn.permissions === null ? <Unknown /> : <PermissionsWords permissions={turn.permissions} />}
      </Fact>
      <Fact name="Approvals">
        <TextValue value={turn.approvalPolicy} />
        {reviewer === null ? null : <small>{reviewers.get(reviewer) ?? `reviewed by ${reviewer}`}</small>}
      </Fact>
      <Fact name="Steered">
        {turn.steers === null ? <Unknown /> : turn.steers === 0 ? 'never' : pluralize(turn.steers, 'time')}
      </Fact>
      {turn.cwd === null ? null : (
        <Fact name="Folder">
          <code>{turn.cwd}</code>
        </Fact>
      )}
      {turn.workspaces.length === 0 ? null : (
        <Fact name="Workspaces">
          <WorkspaceList workspaces={turn.workspaces} />
        </Fact>
      )}
      <Fact name="Source">
        <SourceBadge sources={turn.sources} />
        {turn.eventId === null ? null : (
          <>
            {' '}
            <TextLink href={eventAddress(turn.eventId, kept)}>Turn JSON</TextLink>
          </>
        )}
      </Fact>
    </Facts>
  );
}

import { eventAddress, turnAddress } from '@/components/links';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Duration, Tokens } from '@/components/ui/quantity';
import { SourceBadge } from '@/components/ui/source';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Turn } from '@/lib/queries/shapes.ts';
import { errorSentence } from '@/components/turn/error-words';
import { PermissionsWords } from './permissions-words';
import { WorkspaceList } from './workspace-list';
import classes from './thread.module.css';

/** Shows the facts of the turn beyond its line; facts that no log states are left out. */
export function TurnFacts({ turn, kept }: { readonly turn: Turn; readonly kept: UrlParameters }) {
  return (
    <div className={classes.turnFacts}>
      <Facts>
        <Fact name="Turn">
          <CopyableIdentifier
            id={turn.turnId}
            whole
            href={turnAddress(turn.threadId, turn.turnId, kept)}
            what="turn id"
          />
        </Fact>
        {turn.model === null && turn.reasoningEffort === null ? null : (
          <Fact name="Model">
            {[turn.model, turn.reasoningEffort === null ? null : `effort ${turn.reasoningEffort}`]
              .filter((part) => part !== null)
              .join(', ')}
          </Fact>
        )}
        {turn.tokens === null ? null : (
          <Fact name="Tokens">
            input <Tokens value={turn.tokens.input} exact /> (cached <Tokens value={turn.tokens.cachedInput} exact />
            ), output <Tokens value={turn.tokens.output} exact /> (reasoning{' '}
            <Tokens value={turn.tokens.reasoningOutput} exact />)
          </Fact>
        )}
        {turn.contextWindow === null ? null : (
          <Fact name="Context window">
            <Tokens value={turn.contextWindow} exact /> tokens
          </Fact>
        )}
        {turn.timeToFirstTokenMs === null ? null : (
          <Fact name="First token">
            after <Duration milliseconds={turn.timeToFirstTokenMs} />
          </Fact>
        )}
        {turn.permissions === null ? null : (
          <Fact name="Permissions">
            <PermissionsWords permissions={turn.permissions} />
          </Fact>
        )}
        {turn.approvalPolicy === null && turn.approvalsReviewer === null ? null : (
          <Fact name="Approvals">
            {[turn.approvalPolicy, turn.approvalsReviewer === null ? null : `reviewed by ${turn.approvalsReviewer}`]
              .filter((part) => part !== null)
              .join(', ')}
          </Fact>
        )}
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
        {turn.error === null ? null : (
          <Fact name="Error">
            {errorSentence(turn)} <code>{turn.errorKind ?? turn.error}</code>
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
    </div>
  );
}

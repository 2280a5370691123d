import type { ReactNode } from 'react';
import { pluralize } from '@/components/formats';
import { turnAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { ThreadBadges } from '@/components/threads/thread-badges';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Duration, Time } from '@/components/ui/quantity';
import { noResumptions, NotInLogs, SourceBadge } from '@/components/ui/source';
import { TextLink } from '@/components/ui/text-link';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow, Turn, Workspace } from '@/lib/queries/shapes.ts';
import { PermissionsWords } from './permissions-words';
import { WorkspaceList } from './workspace-list';

const seen = {
  initialized: 'start logged',
  active: 'start not logged',
  mentioned: 'only mentioned by other threads',
} as const;

interface ThreadFactsProps {
  readonly thread: ThreadRow;
  /** The permissions of the latest turn that states them. */
  readonly latest: Pick<Turn, 'turnId' | 'permissions'> | null;
  /** The git workspaces at the start of the first turn that has any. */
  readonly workspaces: readonly Workspace[];
  /** The starter and the reason, as facts. */
  readonly start: ReactNode;
  readonly kept: UrlParameters;
}

/** Shows the facts of the thread itself. Facts that only rollouts know are left out where there is no rollout. */
export function ThreadFacts({ thread, latest, workspaces, start, kept }: ThreadFactsProps) {
  return (
    <Facts>
      <Fact name="Thread">
        <CopyableIdentifier id={thread.threadId} whole what="thread id" />
      </Fact>
      {thread.title === null ? null : <Fact name="Title">{thread.title}</Fact>}
      <Fact name="Kind">
        <Kind kind={thread.kind} /> <ThreadBadges thread={thread} forkHref={null} />
      </Fact>
      {start}
      <AgentFact {...thread} />
      <Fact name="Model">
        <TextValue value={thread.model} />
      </Fact>
      <Fact name="Client">
        <TextValue value={thread.client} />
      </Fact>
      <Fact name="Codex">
        <TextValue value={thread.codexVersion} />
      </Fact>
      {thread.cwd === null ? null : (
        <Fact name="Folder">
          <code>{thread.cwd}</code>
        </Fact>
      )}
      <GitFact {...thread} />
      {workspaces.length === 0 ? null : (
        <Fact name="Workspaces">
          <WorkspaceList workspaces={workspaces} />
        </Fact>
      )}
      {latest?.permissions ? (
        <Fact name="Permissions">
          <PermissionsWords permissions={latest.permissions} />
          <small>
            As of{' '}
            <TextLink href={turnAddress(thread.threadId, latest.turnId, kept)}>the latest turn that logs them</TextLink>
          </small>
        </Fact>
      ) : null}
      <Fact name="Created (UTC)">
        <Time iso={thread.createdAt} {...(thread.createdAtInferred ? { note: 'from the thread id' } : {})} />
      </Fact>
      <Fact name="Last activity (UTC)">
        <Time iso={thread.lastActiveAt} />
      </Fact>
      <Fact name="Duration">
        <Duration milliseconds={thread.durationMs} />
      </Fact>
      <Fact name="Resumed">
        {thread.resumptions > 0 ? (
          pluralize(thread.resumptions, 'time')
        ) : thread.sources.includes('analytics') ? (
          'never'
        ) : (
          <NotInLogs reason={noResumptions} />
        )}
      </Fact>
      <Fact name="Logs">
        <SourceBadge sources={thread.sources} /> {seen[thread.seen]}
      </Fact>
    </Facts>
  );
}

/** Shows the names that Codex gave to a subagent: the path is its place among the agents of its root. */
function AgentFact({ agentNickname, agentRole, agentPath }: ThreadRow) {
  const names = [agentNickname, agentRole === null ? null : `role ${agentRole}`]
    .filter((name) => name !== null)
    .join(', ');
  return names === '' && agentPath === null ? null : (
    <Fact name="Agent">
      {names}
      {agentPath === null ? null : (
        <>
          {' '}
          <code>{agentPath}</code>
        </>
      )}
    </Fact>
  );
}

function GitFact({ gitBranch, gitCommit, gitRepository }: ThreadRow) {
  if (gitBranch === null && gitCommit === null && gitRepository === null) return null;
  return (
    <Fact name="Git">
      {gitBranch === null ? null : (
        <>
          branch <code>{gitBranch}</code>{' '}
        </>
      )}
      {gitCommit === null ? null : (
        <>
          at <CopyableIdentifier id={gitCommit} what="commit" />
        </>
      )}
      {gitRepository === null ? null : <small>{gitRepository}</small>}
    </Fact>
  );
}

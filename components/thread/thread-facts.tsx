import type { ReactNode } from 'react';
import { pluralize } from '@/components/formats';
import { turnAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { ThreadBadges } from '@/components/threads/thread-badges';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Duration, Time } from '@/components/ui/quantity';
import { SourceBadge } from '@/components/ui/source';
import { TextLink } from '@/components/ui/text-link';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow, Turn, Workspace } from '@/lib/queries/shapes.ts';
import { PermissionsWords } from './permissions-words';
import { WorkspaceList } from './workspace-list';

const seen = {
  initialized: 'its beginning is in the logs',
  active: 'its events are in the logs, its beginning is not',
  mentioned: 'only other threads’ events name it',
} as const;

interface ThreadFactsProps {
  readonly thread: ThreadRow;
  /** What the latest turn that states its permissions says of them. */
  readonly latest: Pick<Turn, 'turnId' | 'permissions'> | null;
  /** The git workspaces that its first turn with any began with. */
  readonly workspaces: readonly Workspace[];
  /** Who started it and why, as facts. */
  readonly start: ReactNode;
  readonly kept: UrlParameters;
}

/** What is known about the thread itself. What only rollouts say is left out where none does. */
export function ThreadFacts({ thread, latest, workspaces, start, kept }: ThreadFactsProps) {
  return (
    <Facts>
      <Fact name="Thread">
        <CopyableIdentifier id={thread.threadId} whole what="the thread’s id" />
      </Fact>
      {thread.title === null ? null : <Fact name="Asked for">{thread.title}</Fact>}
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
            In the latest turn{' '}
            <TextLink href={turnAddress(thread.threadId, latest.turnId, kept)}>that states them</TextLink>
          </small>
        </Fact>
      ) : null}
      <Fact name="Created (UTC)">
        <Time iso={thread.createdAt} {...(thread.createdAtInferred ? { note: 'read from the thread’s id' } : {})} />
      </Fact>
      <Fact name="Last activity (UTC)">
        <Time iso={thread.lastActiveAt} />
      </Fact>
      <Fact name="Duration">
        <Duration milliseconds={thread.durationMs} />
      </Fact>
      <Fact name="Resumed">{thread.resumptions === 0 ? 'never' : pluralize(thread.resumptions, 'time')}</Fact>
      <Fact name="In the logs">
        <SourceBadge sources={thread.sources} /> {seen[thread.seen]}
      </Fact>
    </Facts>
  );
}

/** The names that Codex gave to a subagent: the path is where it stands among the agents of its root. */
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
          at <CopyableIdentifier id={gitCommit} what="the commit" />
        </>
      )}
      {gitRepository === null ? null : <small>{gitRepository}</small>}
    </Fact>
  );
}

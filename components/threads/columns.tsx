import type { ReactNode } from 'react';
import { Count, Duration, Time, Tokens } from '@/components/ui/quantity';
import { HookRunCounts, SourceBadge } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { OutcomeBar } from '@/components/ui/outcome-bar';
import { TextValue } from '@/components/ui/text-value';
import type { GuardianThreads } from '@/lib/queries/outline/shapes.ts';
import type { OutlineSortField } from '@/lib/queries/outline/sorts.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { Kind } from './kind';
import { NoEvents } from './no-events';

/** A line of a column's head, for the same line in its cells: its text and its sort field. */
interface Heading {
  readonly name: string;
  readonly sort?: OutlineSortField;
  readonly title?: string;
}
/** The two lines of a cell; the second may be empty. */
interface Lines {
  readonly first: ReactNode;
  readonly second?: ReactNode;
}

interface TreeColumn {
  /** In rem. */
  readonly width: number;
  readonly figure?: boolean;
  readonly headings: readonly [Heading, Heading?];
  readonly cell: (thread: ThreadRow) => Lines;
  /** For a node of guardian threads; absent when the column has nothing to show for it. */
  readonly group?: (guardians: GuardianThreads) => Lines;
}

export const columnIds = [
  'kind',
  'threads',
  'turns',
  'tokens',
  'compactions',
  'saved',
  'hooks',
  'guardian',
  'duration',
  'created',
  'active',
  'source',
  'client',
  'version',
  'folder',
  'git',
  'agent',
  'id',
] as const;
export type ColumnId = (typeof columnIds)[number];
/** The columns before the user chooses others: those that fit beside the name on a desktop screen. */
export const usualColumns: readonly ColumnId[] = [
  'kind',
  'threads',
  'turns',
  'tokens',
  'compactions',
  'saved',
  'hooks',
  'guardian',
  'duration',
  'created',
];

/** Returns a figure together with that of the whole subtree, for threads whose subtree has one. */
const withSubtree = ({ subtreeSize }: ThreadRow, first: ReactNode, second: ReactNode, inSubtree: number): Lines => ({
  first,
  second: subtreeSize > 1 && inSubtree !== 0 ? second : null,
});
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);
const subtree = (sort: OutlineSortField, title: string): Heading => ({ name: 'subtree', sort, title });
/** Returns a text of a log. It may be long: the whole is on hover. */
const text = (value: string | null): ReactNode =>
  value === null ? <TextValue value={null} /> : <span title={value}>{value}</span>;
const day = (iso: string | null, inferred: boolean): Lines =>
  iso === null
    ? { first: <Time iso={null} /> }
    : {
        first: <Time iso={iso} as="day" {...(inferred ? { note: 'from the thread id' } : {})} />,
        second: <Time iso={iso} as="clock" />,
      };

export const treeColumns: Readonly<Record<ColumnId, TreeColumn>> = {
  kind: {
    width: 5.75,
    headings: [
      { name: 'Kind', sort: 'kind' },
      { name: 'model', sort: 'model' },
    ],
    cell: ({ kind, model }) => ({ first: <Kind kind={kind} />, second: text(model) }),
    group: () => ({ first: <Kind kind="guardian" /> }),
  },
  threads: {
    width: 4.25,
    figure: true,
    headings: [{ name: 'Threads', sort: 'subtreeSize', title: 'The thread and its descendants' }],
    cell: ({ subtreeSize }) => ({ first: <Count value={subtreeSize} unit="threads, including descendants" /> }),
    group: ({ threads }) => ({ first: <Count value={threads} unit="guardian threads" /> }),
  },
  turns: {
    width: 3.5,
    figure: true,
    headings: [
      { name: 'Turns', sort: 'turns', title: 'This thread only' },
      subtree('subtreeTurns', 'Including descendants, excluding guardian threads'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <Count value={thread.turns} unit="turns" />,
        <Count value={thread.subtreeTurns} unit="turns, including descendants, excluding guardian threads" />,
        thread.subtreeTurns,
      ),
    group: ({ turns }) => ({ first: <Count value={turns} unit="turns" /> }),
  },
  tokens: {
    width: 4.5,
    figure: true,
    headings: [
      { name: 'Tokens', sort: 'tokens', title: 'This thread only' },
      subtree('subtreeTokens', 'Including descendants, excluding guardian threads'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        thread.seen === 'mentioned' ? <NoEvents /> : <Tokens value={thread.tokens.total} what="tokens" />,
        <Tokens value={thread.subtreeTokens} what="tokens, including descendants, excluding guardian threads" />,
        thread.subtreeTokens,
      ),
    group: ({ tokens }) => ({ first: <Tokens value={tokens} what="tokens in guardian threads" /> }),
  },
  compactions: {
    width: 5,
    figure: true,
    headings: [
      { name: 'Compactions', sort: 'compactions', title: 'This thread only' },
      subtree('subtreeCompactions', 'Including descendants'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <Count value={thread.compactions} unit="compactions" />,
        <Count value={thread.subtreeCompactions} unit="compactions, including descendants" />,
        thread.subtreeCompactions,
      ),
  },
  saved: {
    width: 4.25,
    figure: true,
    headings: [
      { name: 'Saved', sort: 'tokensSaved', title: 'Tokens saved by completed compactions' },
      subtree('subtreeTokensSaved', 'Including descendants'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <Saved compactions={thread.compactions} tokens={thread.tokensSaved} what="tokens saved" />,
        <Saved
          compactions={thread.subtreeCompactions}
          tokens={thread.subtreeTokensSaved}
          what="tokens saved, including descendants"
        />,
        thread.subtreeCompactions,
      ),
  },
  hooks: {
    width: 8.25,
    headings: [
      { name: 'Hook runs', sort: 'hookRuns', title: 'This thread only' },
      subtree('subtreeHookRuns', 'Including descendants'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <HookRunCounts as="bar" sources={thread.sources} hooks={thread.hooks} />,
        <HookRunCounts as="bar" sources={thread.sources} hooks={thread.subtreeHooks} />,
        sum(thread.subtreeHooks),
      ),
  },
  guardian: {
    width: 7.75,
    headings: [
      { name: 'Guardian', sort: 'reviews', title: 'Reviews of this thread’s actions' },
      subtree('subtreeReviews', 'Including descendants'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <OutcomeBar outcomes={guardianOutcomes(thread.guardian)} noun="review" />,
        <OutcomeBar outcomes={guardianOutcomes(thread.subtreeGuardian)} noun="review" />,
        sum(thread.subtreeGuardian),
      ),
    group: ({ guardian }) => ({ first: <OutcomeBar outcomes={guardianOutcomes(guardian)} noun="review" /> }),
  },
  duration: {
    width: 5,
    figure: true,
    headings: [{ name: 'Duration', sort: 'durationMs', title: 'From creation to last activity' }],
    cell: ({ durationMs }) => ({ first: <Duration milliseconds={durationMs} /> }),
    group: ({ durationMs }) => ({ first: <Duration milliseconds={durationMs} /> }),
  },
  created: {
    width: 4.25,
    headings: [{ name: 'Created', sort: 'createdAt', title: 'In UTC' }, { name: 'UTC' }],
    cell: ({ createdAt, createdAtInferred }) => day(createdAt, createdAtInferred),
    group: ({ createdAt }) => day(createdAt, false),
  },
  active: {
    width: 5,
    headings: [{ name: 'Last active', sort: 'lastActiveAt', title: 'In UTC' }, { name: 'UTC' }],
    cell: ({ lastActiveAt }) => day(lastActiveAt, false),
  },
  source: {
    width: 5,
    headings: [{ name: 'Source', title: 'Type of log it comes from' }],
    cell: ({ sources }) => ({ first: <SourceBadge sources={sources} /> }),
  },
  client: { width: 7, headings: [{ name: 'Client', sort: 'client' }], cell: ({ client }) => ({ first: text(client) }) },
  version: {
    width: 5,
    headings: [{ name: 'Codex', sort: 'codexVersion', title: 'Codex version' }],
    cell: ({ codexVersion }) => ({ first: text(codexVersion) }),
  },
  folder: {
    width: 12,
    headings: [{ name: 'Folder', sort: 'cwd', title: 'Working folder at the start' }],
    cell: ({ cwd }) => ({ first: text(cwd) }),
  },
  git: {
    width: 10,
    headings: [{ name: 'Branch' }, { name: 'repository' }],
    cell: ({ gitBranch, gitRepository }) => ({
      first: text(gitBranch),
      second: gitRepository === null ? null : text(gitRepository),
    }),
  },
  agent: {
    width: 8,
    headings: [{ name: 'Agent' }, { name: 'role' }],
    cell: ({ agentNickname, agentRole }) => ({
      first: text(agentNickname),
      second: agentRole === null ? null : text(agentRole),
    }),
  },
  id: {
    width: 19,
    headings: [{ name: 'Id' }],
    cell: ({ threadId }) => ({ first: <code title={threadId}>{threadId}</code> }),
  },
};

function Saved({
  compactions,
  tokens,
  what,
}: {
  readonly compactions: number;
  readonly tokens: number;
  readonly what: string;
}) {
  return compactions === 0 ? (
    <Count value={0} unit="tokens saved (no compactions)" />
  ) : (
    <Tokens value={tokens} what={what} />
  );
}

/** Returns the name of a column in the list of choices. */
export const columnName = (id: ColumnId): string =>
  treeColumns[id].headings
    .map((heading) => heading?.name ?? '')
    .filter((name) => name !== 'subtree' && name !== 'UTC' && name !== '')
    .join(', ');

/** Reads the columns that a text names, in their own order; a text without any means the usual ones. */
export function readColumns(names: string | undefined): readonly ColumnId[] {
  if (names === undefined) return usualColumns;
  const named = new Set(names.split('.'));
  return columnIds.filter((id) => named.has(id));
}
/** The cookie in which the browser keeps the chosen columns, so that the first rows already show them. */
export const columnsCookie = 'dendro-columns';

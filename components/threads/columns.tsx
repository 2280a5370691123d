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

/** A line of a column's head: what the line of the same place in its cells shows, and what it sorts by. */
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
  /** For a node of guardian threads; without it there is nothing to say. */
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
/** The columns that are there until others are chosen: those that fit beside the name on a desk. */
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

/** A figure with that of the whole subtree below it, for threads that have one with anything in it. */
const withSubtree = ({ subtreeSize }: ThreadRow, first: ReactNode, second: ReactNode, inSubtree: number): Lines => ({
  first,
  second: subtreeSize > 1 && inSubtree !== 0 ? second : null,
});
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);
const subtree = (sort: OutlineSortField, title: string): Heading => ({ name: 'subtree', sort, title });
/** Texts of a log may be long: the whole is on hover. */
const text = (value: string | null): ReactNode =>
  value === null ? <TextValue value={null} /> : <span title={value}>{value}</span>;
const day = (iso: string | null, inferred: boolean): Lines =>
  iso === null
    ? { first: <Time iso={null} /> }
    : {
        first: <Time iso={iso} as="day" {...(inferred ? { note: 'read from the thread’s id' } : {})} />,
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
    headings: [{ name: 'Threads', sort: 'subtreeSize', title: 'The thread and those below it' }],
    cell: ({ subtreeSize }) => ({ first: <Count value={subtreeSize} unit="threads, this one and those below it" /> }),
    group: ({ threads }) => ({ first: <Count value={threads} unit="guardian threads" /> }),
  },
  turns: {
    width: 3.5,
    figure: true,
    headings: [
      { name: 'Turns', sort: 'turns', title: 'Of the thread itself' },
      subtree('subtreeTurns', 'With those of its descendants, without guardian threads'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <Count value={thread.turns} unit="turns of its own" />,
        <Count value={thread.subtreeTurns} unit="turns, with its descendants but without guardian threads" />,
        thread.subtreeTurns,
      ),
    group: ({ turns }) => ({ first: <Count value={turns} unit="turns" /> }),
  },
  tokens: {
    width: 4.5,
    figure: true,
    headings: [
      { name: 'Tokens', sort: 'tokens', title: 'Of the thread itself' },
      subtree('subtreeTokens', 'With those of its descendants, without guardian threads'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        thread.seen === 'mentioned' ? <NoEvents /> : <Tokens value={thread.tokens.total} what="tokens of its own" />,
        <Tokens value={thread.subtreeTokens} what="tokens, with its descendants but without guardian threads" />,
        thread.subtreeTokens,
      ),
    group: ({ tokens }) => ({ first: <Tokens value={tokens} what="tokens of guardian threads" /> }),
  },
  compactions: {
    width: 5,
    figure: true,
    headings: [
      { name: 'Compactions', sort: 'compactions', title: 'Of the thread itself' },
      subtree('subtreeCompactions', 'With those of its descendants'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <Count value={thread.compactions} unit="compactions of its own" />,
        <Count value={thread.subtreeCompactions} unit="compactions, with its descendants" />,
        thread.subtreeCompactions,
      ),
  },
  saved: {
    width: 4.25,
    figure: true,
    headings: [
      { name: 'Saved', sort: 'tokensSaved', title: 'Tokens that its completed compactions saved' },
      subtree('subtreeTokensSaved', 'With those of its descendants'),
    ],
    cell: (thread) =>
      withSubtree(
        thread,
        <Saved
          compactions={thread.compactions}
          tokens={thread.tokensSaved}
          what="tokens saved by its own compactions"
        />,
        <Saved
          compactions={thread.subtreeCompactions}
          tokens={thread.subtreeTokensSaved}
          what="tokens saved, with its descendants"
        />,
        thread.subtreeCompactions,
      ),
  },
  hooks: {
    width: 8.25,
    headings: [
      { name: 'Hook runs', sort: 'hookRuns', title: 'Of the thread itself' },
      subtree('subtreeHookRuns', 'With those of its descendants'),
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
      { name: 'Guardian', sort: 'reviews', title: 'Reviews of what the thread itself wanted to do' },
      subtree('subtreeReviews', 'With those of its descendants'),
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
    headings: [{ name: 'Duration', sort: 'durationMs', title: 'From its creation to its last activity' }],
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
    headings: [{ name: 'Source', title: 'The kind of log that tells of it' }],
    cell: ({ sources }) => ({ first: <SourceBadge sources={sources} /> }),
  },
  client: { width: 7, headings: [{ name: 'Client', sort: 'client' }], cell: ({ client }) => ({ first: text(client) }) },
  version: {
    width: 5,
    headings: [{ name: 'Codex', sort: 'codexVersion', title: 'The version of Codex' }],
    cell: ({ codexVersion }) => ({ first: text(codexVersion) }),
  },
  folder: {
    width: 12,
    headings: [{ name: 'Folder', sort: 'cwd', title: 'The working folder in which it began' }],
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
    <Count value={0} unit="tokens saved: there are no compactions" />
  ) : (
    <Tokens value={tokens} what={what} />
  );
}

/** What a column is called where it is chosen. */
export const columnName = (id: ColumnId): string =>
  treeColumns[id].headings
    .map((heading) => heading?.name ?? '')
    .filter((name) => name !== 'subtree' && name !== 'UTC' && name !== '')
    .join(', ');

/** The columns that a text names, in their own order; a text that names none of them means the usual ones. */
export function readColumns(names: string | undefined): readonly ColumnId[] {
  if (names === undefined) return usualColumns;
  const named = new Set(names.split('.'));
  return columnIds.filter((id) => named.has(id));
}
/** The cookie in which the browser keeps the chosen columns, so that the first rows already have them. */
export const columnsCookie = 'dendro-columns';

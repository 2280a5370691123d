import { z } from 'zod';
import { count, textOrNull, timeOrNull, integer, integerOrNull } from '../fields.ts';
import { GuardianCounts, ThreadRow } from '../shapes.ts';

/*
 * The forest for the tree of the Threads page: pages of an outline, which gives the place of every node, and the rows
 * of the visible nodes. The browser reads the answers with these schemas.
 */

/** `nested`: every thread below its parent. `flat`: all threads in one list. */
export const layouts = ['nested', 'flat'] as const;
export type Layout = (typeof layouts)[number];
/**
 * `folded`: the guardian threads of a reviewed thread are one node, with them below it. `shown`: they stand among its
 * other children.
 */
export const guardianLayouts = ['folded', 'shown'] as const;
export type GuardianLayout = (typeof guardianLayouts)[number];

/** The outcomes of threads by which whole trees are chosen. */
export const treeOutcomes = [
  'blocked_hook',
  'failed_hook',
  'stopped_hook',
  'denied_review',
  'failed_closed_review',
  'failed_turn',
  'compaction',
  'failed_compaction',
  'storm',
] as const;
export type TreeOutcome = (typeof treeOutcomes)[number];

/**
 * A node of the outline: a thread by its number, or, below zero, the guardian threads of one reviewed thread: −1 for
 * those without a reviewed thread, −2 − n for those of thread n. It means the same in every answer, whatever logs come
 * in.
 */
export const NodeNumber = z.int();

/**
 * A tree (in the flat layout, a thread or a group of guardians) as far as one answer holds it. Lists have one item for
 * each node, in the order of display.
 */
export const Slice = z
  .object({
    nodes: z
      .array(NodeNumber)
      .describe(
        'Threads by their numbers; below zero, the guardian threads of one reviewed thread: −1 without a reviewed thread, −2 − n those of thread n.',
      ),
    depths: z
      .array(z.int())
      .describe('How deep each node stands in what is shown; each node is followed by its descendants.'),
    unmatched: z
      .array(NodeNumber)
      .describe('Nodes that are only shown because something below them matches the filter.'),
    more: count.describe('How many threads follow in the same tree: `GET /api/outline/tree` gives them.'),
  })
  .meta({ id: 'OutlineSlice' });
export type Slice = z.output<typeof Slice>;

/** One page of the outline, and the size of all of it. */
export const OutlinePage = z
  .object({
    threads: count.describe('How many threads are shown in all, ancestors that do not match included.'),
    trees: count.describe('How many trees these threads are in.'),
    deepest: count.describe('How many levels below its root the deepest thread is shown.'),
    roots: count.describe('How many top-level nodes there are.'),
    from: count.describe('How many of these come before this page.'),
    slices: z.array(Slice).describe('One for each node at the top: its tree, or the first part of it.'),
  })
  .meta({ id: 'Outline' });
export type OutlinePage = z.output<typeof OutlinePage>;

/** The most nodes of one tree in a page, and of all its trees; a tree beyond either is given as its root alone. */
export const mostInTree = 2_000;
export const mostInPage = 5_000;
/** The number of nodes that `GET /api/outline/tree` gives at a time. */
export const sliceSize = 5_000;

/** The guardian threads of one reviewed thread as one node, with the reviews that they made. */
export const GuardianThreads = z
  .object({
    node: NodeNumber,
    reviewedThreadId: textOrNull.describe('Null when no log says which thread they reviewed.'),
    reviewedTitle: textOrNull,
    threads: count,
    turns: count,
    tokens: integer.describe('Total tokens of these threads.'),
    guardian: GuardianCounts,
    createdAt: timeOrNull.describe('Of the first.'),
    durationMs: integerOrNull.describe('From the creation of the first to the last known activity of any.'),
  })
  .meta({ id: 'GuardianThreads' });
export type GuardianThreads = z.output<typeof GuardianThreads>;

export const OutlineRows = z
  .object({
    threads: z.array(z.object({ node: count, thread: ThreadRow })),
    guardians: z.array(GuardianThreads),
  })
  .meta({ id: 'OutlineRows' });
export type OutlineRows = z.output<typeof OutlineRows>;

/** The found threads, in the order of display: the first of them, and their total number. */
export const Found = z
  .object({ total: count, threads: z.array(count).describe('By their numbers.') })
  .meta({ id: 'Found' });
export type Found = z.output<typeof Found>;
/** The most found threads in an answer. */
export const mostFound = 1_000;
/** The longest text of a search. */
export const longestSearch = 200;

import { z } from 'zod';
import { count, textOrNull, timeOrNull, whole, wholeOrNull } from '../fields.ts';
import { GuardianCounts, ThreadRow } from '../shapes.ts';

/*
 * The forest as the tree of the Threads page has it: an outline of everything that is shown, and the rows of what is on screen. The browser reads the
 * answers with these schemas.
 */

/** `nested`: every thread below its parent. `flat`: all threads in one list. */
export const layouts = ['nested', 'flat'] as const;
export type Layout = (typeof layouts)[number];
/** `folded`: the guardian threads of a reviewed thread are one node, with them below it. `shown`: they stand among its other children. */
export const guardianLayouts = ['folded', 'shown'] as const;
export type GuardianLayout = (typeof guardianLayouts)[number];

/** What may have happened to a thread by which whole trees are chosen. */
export const treeOutcomes = [
  'blocked_hook', 'failed_hook', 'stopped_hook', 'denied_review', 'failed_closed_review', 'failed_turn', 'compaction', 'failed_compaction', 'storm',
] as const;
export type TreeOutcome = (typeof treeOutcomes)[number];

/** Changes whenever logs come in or go: positions of two editions are not the same threads. */
const edition = z.string().describe('Which logs this is about: positions of another edition may be other threads.');

/** A thread by its place in the pre-order of the whole forest, or, below zero, a node of guardian threads: −1 those without a reviewed thread, −2 − p those of the thread at `p`. */
const position = z.int();

/** Parts of equal length, one item a node, in the order in which they are shown. */
export const OutlineAnswer = z.object({
  edition,
  threads: count.describe('How many threads there are in it, ancestors that do not match included.'),
  trees: count.describe('How many trees these threads stand in.'),
  depths: z.array(z.int()).describe('How deep each node stands in what is shown; each node is followed by its descendants.'),
  positions: z.array(position).describe('Which thread it is, by its place in the pre-order of all threads; below zero, a node of guardian threads.'),
  unmatched: z.array(z.int()).describe('The nodes, by their place here, that are only shown because something below them matches the filter.'),
}).meta({ id: 'Outline' });
export type OutlineAnswer = z.output<typeof OutlineAnswer>;

/** The guardian threads of one reviewed thread as one node, with the reviews that they made. */
export const GuardianThreads = z.object({
  position,
  reviewedThreadId: textOrNull.describe('Null when no log says which thread they reviewed.'),
  reviewedTitle: textOrNull,
  threads: count,
  turns: count,
  tokens: whole.describe('Total tokens of these threads.'),
  guardian: GuardianCounts,
  createdAt: timeOrNull.describe('Of the first.'),
  durationMs: wholeOrNull.describe('From the creation of the first to the last known activity of any.'),
}).meta({ id: 'GuardianThreads' });
export type GuardianThreads = z.output<typeof GuardianThreads>;

export const OutlineRows = z.object({
  edition,
  threads: z.array(z.object({ position: count, thread: ThreadRow })),
  guardians: z.array(GuardianThreads),
}).meta({ id: 'OutlineRows' });
export type OutlineRows = z.output<typeof OutlineRows>;

/** What is found, in pre-order. */
export const Found = z.object({ edition, positions: z.array(count) }).meta({ id: 'Found' });
export type Found = z.output<typeof Found>;
/** The longest text that is searched for. */
export const longestSearch = 200;

/** Where threads stand in an edition, by their ids: positions of another one are other threads. */
export const Places = z.object({ edition, threads: z.array(z.object({ threadId: z.string(), position: count })) }).meta({ id: 'Places' });
export type Places = z.output<typeof Places>;
/** At most so many threads are asked for at a time, so that their ids fit into an address. */
export const mostPlaces = 100;

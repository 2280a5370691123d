import { forestOrder } from '../thread-rows.ts';
import { threadSortExpressions, threadSortFields } from '../threads.ts';

const own = ['hooks_completed', 'hooks_failed', 'hooks_blocked', 'hooks_stopped'] as const;
const reviews = [
  'guardian_approved',
  'guardian_denied',
  'guardian_failed_closed',
  'guardian_timed_out',
  'guardian_aborted',
] as const;
const sum = (columns: readonly string[], prefix: string): string =>
  columns.map((column) => `thread.${prefix}${column}`).join(' + ');

/** The fields that can order siblings of the tree. */
export const outlineSortFields = [
  ...threadSortFields,
  'hookRuns',
  'subtreeHookRuns',
  'reviews',
  'subtreeReviews',
  'title',
  'kind',
  'model',
  'client',
  'codexVersion',
  'cwd',
] as const;
export type OutlineSortField = (typeof outlineSortFields)[number];
/** `-` is descending. Threads without a value come last either way. */
export type OutlineSort = OutlineSortField | `-${OutlineSortField}`;
export const outlineSorts: readonly OutlineSort[] = outlineSortFields.flatMap((field): OutlineSort[] => [
  `-${field}`,
  field,
]);

const expressions: Readonly<Record<OutlineSortField, string>> = {
  ...threadSortExpressions,
  hookRuns: sum(own, ''),
  subtreeHookRuns: sum(own, 'subtree_'),
  reviews: sum(reviews, ''),
  subtreeReviews: sum(reviews, 'subtree_'),
  title: 'lower(thread.title)',
  kind: 'thread.kind',
  model: 'thread.model',
  client: 'thread.client',
  codexVersion: 'thread.codex_version',
  cwd: 'thread.cwd',
};

/** Returns the text after ORDER BY. Equal ones are in the order of the tree. */
export function outlineOrder(sort: OutlineSort): string {
  const descending = sort.startsWith('-');
  const field = outlineSortFields.find((name) => name === (descending ? sort.slice(1) : sort)) ?? 'createdAt';
  return `${expressions[field]} ${descending ? 'DESC' : 'ASC'} NULLS LAST, ${forestOrder}`;
}

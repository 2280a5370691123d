import { address } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadSort, ThreadSortField } from '@/lib/queries/threads.ts';
import table from '@/components/ui/data-table.module.css';

interface Column { readonly name: string; readonly field?: ThreadSortField; readonly figure?: boolean; readonly title?: string }
const columns: readonly Column[] = [
  { name: 'Thread' }, { name: 'Kind' }, { name: 'Source', title: 'The kind of log that tells of it' }, { name: 'Model' },
  { name: 'Threads', field: 'subtreeSize', figure: true, title: 'This thread and those below it' },
  { name: 'Turns', field: 'turns', figure: true, title: 'Of the thread itself' },
  { name: 'Tokens', field: 'tokens', figure: true, title: 'Of the thread itself' },
  { name: 'in subtree', field: 'subtreeTokens', figure: true, title: 'Tokens with its descendants, without guardian threads' },
  { name: 'Compactions', field: 'compactions', figure: true }, { name: 'Saved', field: 'tokensSaved', figure: true, title: 'Tokens that its completed compactions saved' },
  { name: 'Hook runs' }, { name: 'Guardian' }, { name: 'Duration', field: 'durationMs', figure: true, title: 'From its creation to its last activity' },
  { name: 'Created (UTC)', field: 'createdAt' },
];

/** The columns of the tree table; those that can be sorted by are links, the largest first at first. */
export function ThreadHeads({ sort, kept }: { readonly sort: ThreadSort; readonly kept: UrlParameters }) {
  return (
    <tr>
      {columns.map(({ name, field, figure, title }) => {
        const order = field === undefined ? null : sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : null;
        return (
          <th key={name} scope="col" className={figure ? table.figure : undefined} title={title} {...(order === null ? {} : { 'aria-sort': order })}>
            {field === undefined ? name : <TextLink scroll={false} href={address('/threads', kept, { sort: order === 'descending' ? field : `-${field}` })}>{name}{order === null ? '' : order === 'ascending' ? ' ↑' : ' ↓'}</TextLink>}
          </th>
        );
      })}
    </tr>
  );
}

'use client';

import { useState } from 'react';
import { columnIds, columnsCookie, type ColumnId } from './columns';

const year = 365 * 24 * 3600;

/**
 * Returns the shown columns, in their own order. A choice is kept in a cookie, which the server reads for the first
 * rows.
 */
export function useColumns(chosen: readonly ColumnId[]) {
  const [columns, setColumns] = useState(chosen);
  return [
    columns,
    (next: readonly ColumnId[]): void => {
      const ordered = columnIds.filter((id) => next.includes(id));
      setColumns(ordered);
      document.cookie = `${columnsCookie}=${ordered.join('.')}; Path=/; Max-Age=${year}; SameSite=Strict`;
    },
  ] as const;
}

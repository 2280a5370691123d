import type { FilterKey } from '@/lib/filter-url.ts';

/** The name of each filter key on the page. */
export const filterNames: Readonly<Record<FilterKey, string>> = {
  from: 'From',
  to: 'Before',
  threadKind: 'Kind',
  model: 'Model',
  client: 'Client',
  codexVersion: 'Codex',
  importId: 'Import',
};

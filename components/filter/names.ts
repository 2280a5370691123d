import type { FilterKey } from '@/lib/filter-url.ts';

/** What the filter's keys are called on the page. */
export const filterNames: Readonly<Record<FilterKey, string>> = {
  from: 'From',
  to: 'Before',
  threadKind: 'Kind',
  model: 'Model',
  client: 'Client',
  codexVersion: 'Codex',
  importId: 'Import',
};

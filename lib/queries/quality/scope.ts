import { recordPredicate, type Filter, type Predicate } from '../../filters.ts';

/** Data quality is about imports, so of the filter only the import applies to it. */
export type Scope = Pick<Filter, 'importId'>;

/** Returns the condition on rows of a table with an `import_id`, called `record`, that are in scope. */
export const inScope = ({ importId }: Scope, record: string): Predicate =>
  recordPredicate(importId === undefined ? {} : { importId }, { record });

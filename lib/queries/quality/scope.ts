import { recordPredicate, type Filter, type Predicate } from '../../filters.ts';

/** Data quality is of imports, so of the filter only the import applies to it. */
export type Scope = Pick<Filter, 'importId'>;

/** The rows of a table with an `import_id`, called `record`, that are in scope. */
export const inScope = ({ importId }: Scope, record: string): Predicate =>
  recordPredicate(importId === undefined ? {} : { importId }, { record });

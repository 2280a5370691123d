import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reader } from '../store.ts';
import { bind, fromEngine } from './values.ts';

/** Reading on one connection; two calls at a time on the same connection wait for one another. */
export const readerOf = (connection: DuckDBConnection): Reader => ({
  async rows(sql, parameters = {}) {
    const { values, types } = bind(parameters);
    const answer = await connection.runAndReadAll(sql, values, types);
    return answer.getRowObjectsJS().map(fromEngine);
  },
  async *batches(sql, parameters = {}) {
    const { values, types } = bind(parameters);
    for await (const rows of (await connection.stream(sql, values, types)).yieldRowObjectJs()) yield rows.map(fromEngine);
  },
});

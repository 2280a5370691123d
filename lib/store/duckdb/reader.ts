import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reader } from '../store.ts';
import type { Instance } from './instance.ts';
import { bind, fromEngine } from './values.ts';

/**
 * Reads on one connection; concurrent calls on the same connection wait for one another. `instance` is null inside a
 * call on it.
 */
export const readerOf = (connection: DuckDBConnection, instance: Pick<Instance, 'call'> | null): Reader => {
  const call = <T>(work: () => Promise<T>): Promise<T> => (instance ? instance.call(work) : work());
  return {
    async rows(sql, parameters = {}) {
      const { values, types } = bind(parameters);
      const answer = await call(() => connection.runAndReadAll(sql, values, types));
      return answer.getRowObjectsJS().map(fromEngine);
    },
    async *batches(sql, parameters = {}) {
      const { values, types } = bind(parameters);
      const batches = await call(async () => (await connection.stream(sql, values, types)).yieldRowObjectJs());
      for (let next = await call(() => batches.next()); !next.done; next = await call(() => batches.next()))
        yield next.value.map(fromEngine);
    },
  };
};

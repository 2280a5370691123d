import type { DuckDBConnection } from '@duckdb/node-api';
import { OutOfMemory, type Reader } from '../store.ts';
import { bind, fromEngine } from './values.ts';

/** What the engine says of a lack of memory, in words that help the user. */
export async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Error && /Out of Memory/.test(error.message) ? new OutOfMemory() : error;
  }
}

/** Reading on one connection; two calls at a time on the same connection wait for one another. */
export const readerOf = (connection: DuckDBConnection): Reader => ({
  async rows(sql, parameters = {}) {
    const { values, types } = bind(parameters);
    const answer = await explained(connection.runAndReadAll(sql, values, types));
    return answer.getRowObjectsJS().map(fromEngine);
  },
  async *batches(sql, parameters = {}) {
    const { values, types } = bind(parameters);
    for await (const rows of (await explained(connection.stream(sql, values, types))).yieldRowObjectJs()) yield rows.map(fromEngine);
  },
});

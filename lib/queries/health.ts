import type { Reader } from '../store/store.ts';

/** Name and version of the engine, once it has answered. Rejects when it does not. */
export async function answeringEngine(store: Reader, engine: string): Promise<string> {
  await store.rows('SELECT count(*) AS imports FROM imports');
  return engine;
}

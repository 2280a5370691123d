import type { Store } from '../store/store.ts';

/** Returns name and version of the engine. Rejects when it does not answer. */
export async function answeringEngine(store: Store): Promise<string> {
  await store.rows('SELECT count(*) AS imports FROM imports');
  return store.engine;
}

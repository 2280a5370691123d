import type { Store } from '../store/store.ts';

/** Name and version of the engine, once it has answered. Rejects when it does not. */
export async function answeringEngine(store: Store): Promise<string> {
  await store.rows('SELECT count(*) AS imports FROM imports');
  return store.engine;
}

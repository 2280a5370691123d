import type { Configuration } from './configuration.ts';
import type { Importer } from './ingest/importer.ts';
import type { Store } from './store/store.ts';

/**
 * The open resources of the one server process: made by `scripts/serve.ts` before the first request, used by pages and
 * API.
 */
export interface Dendro {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly importer: Importer;
}

declare global {
  // The server's modules (with the API) and the pages' bundles are loaded separately; they share only the process.
  var dendro: Dendro | undefined;
}

/** Returns the running process's resources. Throws when called outside it, as during `next build`. */
export function runningDendro(): Dendro {
  if (!globalThis.dendro) throw new Error('Dendro is not running in this process: start it with `npm start`.');
  return globalThis.dendro;
}

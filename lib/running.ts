import type { Configuration } from './configuration.ts';
import type { Importer } from './ingest/importer.ts';
import type { Store } from './store/store.ts';

/**
 * What the one server process holds open: made by `scripts/serve.ts` before the first request, used by pages and API.
 */
export interface Dendro {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly importer: Importer;
}

declare global {
  // The server's modules, the API among them, and the pages' bundles are loaded apart; the process is what they share.
  var dendro: Dendro | undefined;
}

/** The running process. Throws when called outside it, as during `next build`. */
export function runningDendro(): Dendro {
  if (!globalThis.dendro) throw new Error('Dendro is not running in this process: start it with `npm start`.');
  return globalThis.dendro;
}

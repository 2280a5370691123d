import { writeExtreme, type Extreme } from './extremes.ts';
import { importLog } from './import.ts';
import { startServer, type RunningServer } from './server.ts';
import { test } from './test.ts';

/**
 * Starts a Dendro with this log alone, for a group of tests: different extremes use the same thread names. `at` returns
 * the address of a path on it.
 */
export function dendroWith(extreme: Extreme): { readonly at: (path: string) => string } {
  let server: RunningServer;
  test.beforeAll(async ({}, testInfo) => {
    server = await startServer();
    const log = testInfo.outputPath(`${extreme}.jsonl`);
    await writeExtreme(extreme, log);
    await importLog(server, log);
  });
  test.afterAll(async () => server.dispose());
  return { at: (path) => `${server.url}${path}` };
}

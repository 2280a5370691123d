import { expect, test as base } from '@playwright/test';
import { startServer, type RunningServer } from './server.ts';

interface Servers {
  of(file: string): Promise<RunningServer>;
}

/**
 * `test` with a Dendro: `dendro` is the server of this file of tests, started empty before the file's first test and
 * shared by its tests in their order; pages open on it (`page.goto('/')`). A test fails when its page throws, breaks
 * the content policy or writes an error to the console. One exception: with `endsServer` the browser may note that an
 * answer ended in the middle.
 */
export const test = base.extend<
  { readonly dendro: RunningServer; readonly endsServer: boolean },
  { readonly servers: Servers }
>({
  servers: [
    async ({}, use) => {
      let current: { readonly file: string; readonly server: RunningServer } | undefined;
      await use({
        async of(file) {
          if (current?.file === file) return current.server;
          await current?.server.dispose();
          current = undefined;
          current = { file, server: await startServer() };
          return current.server;
        },
      });
      await current?.server.dispose();
    },
    { scope: 'worker' },
  ],
  dendro: async ({ servers }, use, { file }) => use(await servers.of(file)),
  endsServer: [false, { option: true }],
  baseURL: async ({ dendro }, use) => use(dendro.url),
  page: async ({ page, endsServer }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    page.on('console', (message) => {
      // The browser notes every answer that is not a success here; tests look at those themselves.
      const isNote =
        message.text().startsWith('Failed to load resource: ') ||
        (endsServer && message.text().startsWith('TypeError: network error'));
      if (message.type() === 'error' && !isNote) faults.push(`${message.text()} (${message.location().url})`);
    });
    await use(page);
    expect(faults, 'the page ran without errors').toEqual([]);
  },
});
export { expect };

import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.ts';

const executable = findBrowser();
/** The files that take longest begin first: at the end, no worker is left alone with one of them. */
const long = /(accessibility|durability|filter|folder|import|safety|timeline|trees|turn|unfolded)\.spec\.ts$/;

/**
 * Runs the browser tests against the production build. Each file of tests has a Dendro of its own: see
 * `e2e/support/test.ts`.
 */
export default defineConfig({
  testDir: 'e2e',
  workers: 3,
  forbidOnly: process.env.CI !== undefined,
  // A test's duration says nothing about Dendro: some visit every page, and machines are slow at times.
  timeout: 600_000,
  // A test waits for its result, so that a slow machine does not fail it, and a second try would only hide faults.
  retries: 0,
  // Only things that never come meet this limit: on a machine ten times as slow as usual a folder of thirty logs took
  // longer than 30 seconds.
  expect: { timeout: 120_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    // A trace costs about as much as what it records: ask for one with --trace on.
    trace: 'off',
    launchOptions: {
      ...(executable === null ? {} : { executablePath: executable }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'long', testMatch: long },
    { name: 'short', testIgnore: long },
  ],
});

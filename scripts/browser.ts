import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

/** The first is Chromium without windows: tests take about a sixth less time in it. */
const installed = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Returns the browser for the tests: the one named by PLAYWRIGHT_CHROMIUM, else one of the system's, else Playwright's
 * own. Null when there is none yet.
 */
export function findBrowser(): string | null {
  return (
    [process.env.PLAYWRIGHT_CHROMIUM ?? '', ...installed, chromium.executablePath()].find((file) => existsSync(file)) ??
    null
  );
}

/**
 * Installs a browser where there is none: Debian's package as root on Debian, else Playwright's own. False when that
 * fails.
 */
export function ensureBrowser(): boolean {
  if (findBrowser() !== null) return true;
  const show = { stdio: 'inherit' } as const;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    spawnSync('apt-get', ['update'], show);
    spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium-headless-shell'], show);
  }
  if (findBrowser() === null)
    spawnSync(
      process.execPath,
      [path.resolve(import.meta.dirname, '../node_modules/playwright/cli.js'), 'install', 'chromium'],
      show,
    );
  return findBrowser() !== null;
}

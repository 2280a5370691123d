import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Page } from '@playwright/test';
import { Import } from '../../lib/queries/shapes.ts';
import { responseTo } from './requests.ts';
import type { RunningServer } from './server.ts';

/** Read at a time, in bytes: smaller pieces cost the sender more than the sending. */
const piece = 1 << 20;

/** Imports a log over HTTP, as a tool would, and returns the result. */
export async function importLog(
  server: RunningServer,
  file: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Import> {
  const { size } = await stat(file);
  const request = http.request(`${server.url}/api/imports?name=${encodeURIComponent(path.basename(file))}`, {
    method: 'POST',
    headers: { 'content-length': size, ...headers },
  });
  createReadStream(file, { highWaterMark: piece }).pipe(request);
  const response = await responseTo(request);
  const body = await text(response);
  if (response.statusCode !== 200 && response.statusCode !== 201)
    throw new Error(`The import was refused (${response.statusCode}): ${body}`);
  return Import.parse(JSON.parse(body));
}

/** Chooses files in the file picker of the open drawer of imports. */
export async function chooseFiles(page: Page, ...files: readonly string[]): Promise<void> {
  await page.getByLabel('Log files').setInputFiles([...files]);
}

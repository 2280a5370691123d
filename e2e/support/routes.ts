import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { send } from './requests.ts';

const root = path.resolve(import.meta.dirname, '../..');

async function filesIn(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, folder), path.join(entry.parentPath, entry.name)));
  return files.map((file) => prefix + file.split(path.sep).map(encodeURIComponent).join('/'));
}

const Manifest = z.record(z.string(), z.string());
const Description = z.object({ paths: z.record(z.string(), z.unknown()) });

/** Returns the first file of each folder and ending: all others get the same answer, and there are many. */
const oneOfEachKind = (files: readonly string[]): string[] => [
  ...new Map(files.toReversed().map((file) => [path.posix.dirname(file) + path.posix.extname(file), file])).values(),
];

/**
 * Returns every address of the built app: its pages and handlers as Next's manifest lists them, the calls of the API as
 * its own description lists them, static files of every kind, and paths that are none of these.
 */
export async function allRoutes(port: number, headers: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const manifest = Manifest.parse(
    JSON.parse(await readFile(path.join(root, '.next/app-path-routes-manifest.json'), 'utf8')),
  );
  const pages = Object.values(manifest).map((route) => route.replace(/\[\[?(\.\.\.)?\w+\]?\]/g, 'example'));
  const description = Description.parse(JSON.parse((await send(port, { target: '/api/openapi.json', headers })).body));
  const calls = Object.keys(description.paths).map((route) => route.replace(/\{\w+\}/g, '1'));
  const files = oneOfEachKind([
    ...(await filesIn('.next/static', '/_next/static/')),
    ...(await filesIn('public', '/')),
  ]);
  const others = [
    '/nothing',
    '/api',
    '/api/',
    '/api/nothing',
    '/%61pi/imports',
    '/API/imports',
    '/_next/static/nothing.js',
    '/_next/image?url=%2Ficon.svg&w=64&q=75',
    '/_next/data/nothing.json',
    '/.env',
    '/..%2f..%2fpackage.json',
    '/_next/../package.json',
    '/threads?_rsc=1',
  ];
  return [...new Set([...pages, ...calls, ...files, ...others])];
}

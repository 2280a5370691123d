import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import settings from '../lib/settings.json' with { type: 'json' };
import { importLog } from './support/import.ts';
import { send } from './support/requests.ts';
import { failToStart, startServer, type Ended } from './support/server.ts';
import { expect, test } from './support/test.ts';

const root = path.resolve(import.meta.dirname, '..');
const sample = path.join(root, 'public/samples/codex-0.169.0.jsonl');
let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-start-'));
});
test.afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Checks for one sentence for the user, nothing else, and the exit code of a failure. */
function expectOneSentence({ code, stderr }: Ended, sentence: RegExp): void {
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(sentence);
  expect(code).toBe(1);
}

test.describe('the command', () => {
  async function start(...commandArguments: string[]): Promise<Ended> {
    const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs'), ...commandArguments]);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, stdout, stderr };
  }
  test('--help lists every setting', async () => {
    const { code, stdout } = await start('--help');
    expect(code).toBe(0);
    for (const name of Object.keys(settings)) expect(stdout).toContain(`  ${name} `);
  });
  test('an argument that it does not know is refused', async () => {
    expectOneSentence(await start('--port', '80'), /^There is no argument "--port"/);
  });
});

test.describe('a start that cannot succeed says why', () => {
  test('the port is in use', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expectOneSentence(
      await failToStart({ PORT: String(port), DENDRO_DATA: folder }),
      new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use already: .* set PORT`),
    );
    other.close();
  });
  test('the data folder cannot be written', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    expectOneSentence(
      await failToStart({ DENDRO_DATA: path.join(file, 'data') }),
      /^The data folder .* cannot be written .* set DENDRO_DATA/,
    );
  });
  test('another process holds the database', async ({ dendro }) => {
    expectOneSentence(
      await failToStart({ DENDRO_DATA: dendro.dataFolder }),
      /^The database in .* is held by another process/,
    );
  });
  test('the host can be reached by others and there is no token', async () => {
    expectOneSentence(
      await failToStart({ HOST: '0.0.0.0', DENDRO_DATA: folder }),
      /^HOST 0\.0\.0\.0 can be reached from other machines: set DENDRO_TOKEN/,
    );
  });
  test('the host is not of this machine', async () => {
    expectOneSentence(
      await failToStart({ HOST: '192.0.2.1', DENDRO_TOKEN: 'a-token-for-this-test', DENDRO_DATA: folder }),
      /^HOST 192\.0\.2\.1 is not an address of this machine\.$/m,
    );
  });
  test('a setting is wrong', async () => {
    expectOneSentence(await failToStart({ PORT: 'http' }), /^PORT must be a whole number/);
  });
});

test.describe('stopping', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`${signal} ends it in order, and what is in stays in`, async () => {
      const dataFolder = path.join(folder, signal);
      const first = await startServer({ DENDRO_DATA: dataFolder });
      const { id } = await importLog(first, sample);
      expect(await first.stop(signal)).toMatchObject({ code: 0, stderr: '' });
      const second = await startServer({ DENDRO_DATA: dataFolder });
      expect((await send(second.port, { target: `/api/imports/${id}` })).status).toBe(200);
      await second.dispose();
    });
  }
  test('the server goes when the command that started it is gone', async () => {
    const child = spawn(process.execPath, [path.join(root, 'scripts/serve.ts')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, PORT: '0', DENDRO_DATA: path.join(folder, 'gone') },
    });
    await once(child, 'spawn');
    child.disconnect();
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });
});

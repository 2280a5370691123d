import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export type Environment = Readonly<Record<string, string>>;

/** A run of `scripts/serve.ts` that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Dendro that serves the production build. */
export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataFolder: string;
  /** Asks it to stop and waits until it has. The data stay. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  /** Ends it at once, if it still runs, and removes its data, so nothing needs to be tidied up. */
  dispose(): Promise<void>;
}

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly ready: Promise<string>;
}

function launch(environment: Environment): Launched {
  // The settings of the person who runs the tests are left out.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PORT|HOST|DENDRO_\w+|NODE_ENV|NODE_OPTIONS)$/.test(name),
  );
  const child: ChildProcess = spawn(process.execPath, [path.join(root, 'scripts/serve.ts')], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), NODE_ENV: 'production', PORT: '0', ...environment },
    // The channel lets the server notice when the tests are killed.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ready = Promise.withResolvers<string>();
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += String(chunk);
    const address = /^Dendro is ready: (\S+)$/m.exec(stdout)?.[1];
    if (address !== undefined) ready.resolve(address);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
  });
  const ended = once(child, 'close').then(() => {
    ready.reject(new Error(`Dendro did not start: ${stderr}`));
    return { code: child.exitCode, stdout, stderr };
  });
  ready.promise.catch(() => undefined);
  return { child, ended, ready: ready.promise };
}

/** Starts a server that is expected to fail, and returns its output. */
export async function failToStart(environment: Environment): Promise<Ended> {
  const { child, ended, ready } = launch(environment);
  const isUp = await Promise.race([
    ready.then(
      () => true,
      () => false,
    ),
    ended.then(() => false),
  ]);
  if (isUp) child.kill('SIGKILL');
  const end = await ended;
  if (isUp) throw new Error('Dendro started although it should not have.');
  return end;
}

/** Starts a server on a free port with a data folder of its own, unless `environment` names them. */
export async function startServer(environment: Environment = {}): Promise<RunningServer> {
  const dataFolder = environment.DENDRO_DATA ?? (await mkdtemp(path.join(os.tmpdir(), 'dendro-e2e-')));
  const { child, ended, ready } = launch({ DENDRO_DATA: dataFolder, ...environment });
  const url = await ready;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    url,
    dataFolder,
    stop,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    async dispose() {
      await stop('SIGKILL');
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

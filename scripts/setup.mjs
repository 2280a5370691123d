// Runs before anything is installed, on Node 20 and above: nothing here may import a package or need TypeScript.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stampOf } from './stamp.mjs';
import { underLock } from './setup-lock.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...names) => path.join(root, ...names);
const windows = process.platform === 'win32';
const ownNode = inRoot('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
const major = (version) => Number(version.split('.', 1)[0]);

/** A set-up step that failed; `message` is for the user. */
class SetupFailure extends Error {}

/**
 * Returns the Node that runs everything except these scripts: the project's own, else the system's where it is as new.
 * Null until it is installed.
 */
export function projectNode() {
  if (existsSync(ownNode)) return ownNode;
  // Inside npm's scripts this process may itself run on the project's Node, which an installation replaces.
  return major(process.versions.node) >= 24 && existsSync(process.execPath) ? process.execPath : null;
}

/** Returns the environment of every program started from here. It keeps programs from reporting to anyone. */
export const environment = (additions = {}) => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  PATH: [path.dirname(ownNode), process.env.PATH].join(path.delimiter),
  ...additions,
});

/**
 * Runs a program to its end; returns its exit code and, unless it is shown as it comes, its output. A signal to this
 * process is passed on, so that no program goes on unnoticed.
 */
export function run(command, commandArguments, { show = false, env = {}, cwd = root, ipc = false } = {}) {
  return new Promise((resolve) => {
    const output = show ? 'inherit' : 'pipe';
    const child = spawn(command, commandArguments, {
      cwd,
      env: environment(env),
      stdio: [show ? 'inherit' : 'ignore', output, output, ...(ipc ? ['ipc'] : [])],
      shell: windows && command === 'npm',
    });
    const printed = [];
    child.stdout?.on('data', (chunk) => printed.push(chunk));
    child.stderr?.on('data', (chunk) => printed.push(chunk));
    const forwarders = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => child.kill(signal)]);
    for (const [signal, forward] of forwarders) process.on(signal, forward);
    const finish = (code, signal, text) => {
      for (const [name, forward] of forwarders) process.off(name, forward);
      resolve({ code: code ?? 1, signal, output: text });
    };
    child.on('error', (error) => finish(1, null, error.message));
    child.on('close', (code, signal) => finish(code, signal, Buffer.concat(printed).toString()));
  });
}

/**
 * Runs npm as it was called, with the same Node, unless that was the project's own and has just been removed; otherwise
 * the npm that is found.
 */
function npm(...commandArguments) {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  return cli?.endsWith('npm-cli.js') && node && existsSync(node)
    ? run(node, [cli, ...commandArguments])
    : run('npm', commandArguments);
}

async function step(label, work) {
  process.stdout.write(`${label} …\n`);
  const { code, signal, output } = await work();
  if (signal || (code > 128 && code < 160))
    throw new SetupFailure('The set-up was interrupted; the next start does it again.');
  return { code, output };
}
async function must(label, work) {
  const { code, output } = await step(label, work);
  if (code !== 0)
    throw new SetupFailure(`${output.trim()}\n\n${label} failed (exit code ${code}); the reason stands above.`);
}

const isCurrent = (file, stamp) => existsSync(file) && readFileSync(file, 'utf8') === stamp;
function leave(file, stamp) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}

const installStampFile = inRoot('node_modules', '.dendro-installed');
const installStamp = () =>
  stampOf(root, ['package.json', 'package-lock.json', '.npmrc'], `${process.platform} ${process.arch}`);
/** The input of `next build`. Tests and their fixtures have no part in it. */
const built = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const buildStampFile = inRoot('.next', 'dendro-built');
const buildStamp = () => stampOf(root, built, process.platform);

async function install() {
  if (isCurrent(installStampFile, installStamp()) && projectNode()) return;
  // No package's script runs at installation, except that of `node`, which fetches Node itself; where that fails, a
  // system's Node 24 will do.
  await must('Installing the packages', () => npm('ci', '--ignore-scripts', '--loglevel=error'));
  const { output } = await step('Installing Node 24', () =>
    npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'),
  );
  if (!projectNode())
    throw new SetupFailure(
      `${output.trim()}\n\nNode 24 could not be installed, and this is Node ${process.versions.node}: install Node 24 or above and start again.`,
    );
  leave(installStampFile, installStamp());
}

async function build() {
  const stamp = buildStamp();
  if (isCurrent(buildStampFile, stamp)) return;
  await must('Building', () =>
    run(projectNode(), [inRoot('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
      env: { NODE_ENV: 'production' },
    }),
  );
  leave(buildStampFile, stamp);
}

/**
 * Installs the packages, and Node 24 with them, unless nothing has changed since. One process at a time in one clone.
 */
export const ensureInstalled = () => underLock(root, install);
/** Does the same, and builds the pages, unless nothing has changed since. */
export const ensureBuilt = () =>
  underLock(root, async () => {
    await install();
    await build();
  });

/** Runs a step of the set-up; returns an exit code, and writes errors to stderr. */
export async function attempt(setUp) {
  try {
    await setUp();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof SetupFailure ? error.message : `The set-up failed: ${error.message}`}\n`);
    return 1;
  }
}

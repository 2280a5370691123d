import path from 'node:path';
import { help } from './help.mjs';
import { attempt, ensureBuilt, ensureInstalled, projectNode, root, run } from './setup.mjs';

const least = 20;

function fail(message) {
  process.stderr.write(`${message}\n`);
  return 1;
}

/**
 * Stops this process when npm's shell ends. npm runs this through a shell, and a signal to npm may end that shell
 * alone; without this, the server would go on unseen.
 */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.emit('SIGTERM', 'SIGTERM');
  }, 500);
  watch.unref();
}

/** Sets up the changed parts, then serves until it is told to stop. Returns the exit code. */
export async function launch({ commandArguments, development = false }) {
  const [argument] = commandArguments;
  if (argument === '--help' || argument === '-h') {
    process.stdout.write(help());
    return 0;
  }
  if (argument !== undefined)
    return fail(
      `There is no argument "${argument}": settings are environment variables, and "npm start -- --help" lists them.`,
    );
  if (Number(process.versions.node.split('.', 1)[0]) < least)
    return fail(`Dendro needs Node ${least} or above, and this is Node ${process.versions.node}.`);
  stopWithNpm();
  const failed = await attempt(development ? ensureInstalled : ensureBuilt);
  if (failed) return failed;
  // Over the channel the server notices when this process is killed, and stops as well.
  const { code } = await run(
    projectNode(),
    [path.join(root, 'scripts', 'serve.ts'), ...(development ? ['--dev'] : [])],
    { show: true, ipc: true },
  );
  return code;
}

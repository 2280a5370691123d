import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A holder renews its lock this often; a lock that has not been renewed for `staleMs` belongs to nobody, even if
 * another process now has its process id.
 */
const renewMs = 2000;
const staleMs = 15_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const writtenBy = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** Returns the other process that holds the lock, or null. */
function holder(file) {
  const pid = writtenBy(file);
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return pid && pid !== process.pid && age < staleMs && isAlive(pid) ? pid : null;
}

async function take(file) {
  for (let told = false; ; await delay(200)) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      // Two processes that find an abandoned lock at the same moment may both remove it. The last writer keeps it.
      await delay(50);
      if (writtenBy(file) === process.pid) return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const pid = holder(file);
      if (pid === null) rmSync(file, { force: true });
      else if (!told) process.stdout.write(`Another command (process ${pid}) is setting Dendro up; waiting for it …\n`);
      told ||= pid !== null;
    }
  }
}

/**
 * Runs `work` while no other process does the same in this clone, so that two commands at once cannot spoil each
 * other's installation or build.
 */
export async function underLock(root, work) {
  const file = path.join(root, '.setup-lock');
  await take(file);
  const release = () => rmSync(file, { force: true });
  const renewal = setInterval(
    () => writtenBy(file) === process.pid && utimesSync(file, new Date(), new Date()),
    renewMs,
  );
  process.on('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    process.off('exit', release);
    release();
  }
}

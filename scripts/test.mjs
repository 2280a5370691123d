import path from 'node:path';
import { attempt, ensureInstalled, projectNode, root, run } from './setup.mjs';

process.exitCode = await attempt(ensureInstalled);
if (process.exitCode === 0)
  process.exitCode = (
    await run(projectNode(), [path.join(root, 'scripts', 'test.ts'), ...process.argv.slice(2)], { show: true })
  ).code;
else process.stdout.write('0 passed, 1 failed\n');

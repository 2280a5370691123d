import path from 'node:path';
import { attempt, ensureBuilt, projectNode, root, run } from './setup.mjs';

process.exitCode = await attempt(ensureBuilt);
if (process.exitCode === 0)
  process.exitCode = (
    await run(projectNode(), [path.join(root, 'bench', 'bench.ts'), ...process.argv.slice(2)], { show: true })
  ).code;

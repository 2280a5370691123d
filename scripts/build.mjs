import { attempt, ensureBuilt } from './setup.mjs';

process.exitCode = await attempt(ensureBuilt);

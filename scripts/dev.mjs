import { launch } from './launch.mjs';

process.exitCode = await launch({ commandArguments: process.argv.slice(2), development: true });

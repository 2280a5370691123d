import path from 'node:path';
import { attempt, ensureInstalled, projectNode, root, run } from './setup.mjs';

const commands = { rebuild: 'makes all figures anew from what was imported, while Dendro is stopped' };

/** Returns the output of `npm run dendro`. */
function help() {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return `Commands, each as "npm run dendro -- <command>":\n\n${Object.entries(commands)
    .map(([name, does]) => `  ${name.padEnd(width)}  ${does}\n`)
    .join('')}\nThey take the settings of "npm start", as environment variables.\n`;
}

const [command, ...others] = process.argv.slice(2);
if (command === undefined || command === '--help' || command === '-h') process.stdout.write(help());
else if (!Object.hasOwn(commands, command) || others.length > 0) {
  process.stderr.write(
    `${Object.hasOwn(commands, command) ? `The command "${command}" takes no arguments.` : `There is no command "${command}".`}\n\n${help()}`,
  );
  process.exitCode = 1;
} else {
  process.exitCode = await attempt(ensureInstalled);
  if (process.exitCode === 0)
    process.exitCode = (await run(projectNode(), [path.join(root, 'scripts', `${command}.ts`)], { show: true })).code;
}

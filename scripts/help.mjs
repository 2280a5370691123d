import { readFileSync } from 'node:fs';

const settings = JSON.parse(readFileSync(new URL('../lib/settings.json', import.meta.url), 'utf8'));

/** Returns the output of `npm start -- --help`. */
export function help() {
  const width = Math.max(...Object.keys(settings).map((name) => name.length));
  const lines = Object.entries(settings).map(
    ([name, { description, fallback }]) =>
      `  ${name.padEnd(width)}  ${description}${fallback === '' ? '' : ` (default ${fallback})`}`,
  );
  return `Dendro reads the event logs of OpenAI's Codex and shows the trees of its threads.

  npm start            installs and builds what has changed, then serves
  npm start -- --help  prints this
  npm run dev          serves with hot reloading, for those who change the code
  npm test             runs every check
  npm run dendro       lists commands for the data folder

Settings, each an environment variable:
${lines.join('\n')}
`;
}

// How the linter's layer rules find the file that an import names: as the bundler does, by relative path or `@/`, with
// or without an ending.
const { existsSync, statSync } = require('node:fs');
const path = require('node:path');

// The linter runs at the top of the tree that it judges.
const root = process.cwd();
const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
const isFile = (file) => existsSync(file) && statSync(file).isFile();

exports.interfaceVersion = 2;
exports.resolve = (source, file) => {
  const start = source.startsWith('@/')
    ? path.join(root, source.slice(2))
    : source.startsWith('.')
      ? path.resolve(path.dirname(file), source)
      : null;
  if (start === null) return { found: false };
  // A file that is missing still has its place, so that the rules need no file to be judged by.
  return { found: true, path: endings.map((ending) => start + ending).find(isFile) ?? start };
};

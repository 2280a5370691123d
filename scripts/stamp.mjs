import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const isIgnored = (name) => /\.test\.[^.]+$/.test(name) || name === 'fixtures' || name.startsWith('.DS_');

function* filesUnder(root, name) {
  const full = path.join(root, name);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) yield name;
  else for (const entry of readdirSync(full).sort()) if (!isIgnored(entry)) yield* filesUnder(root, `${name}/${entry}`);
}

/**
 * Returns a digest of the names and contents of these files and folders of `root`, and of `context`. Times do not
 * count.
 */
export function stampOf(root, names, context = '') {
  const hash = createHash('sha256').update(context);
  for (const name of names.flatMap((start) => [...filesUnder(root, start)])) {
    const content = readFileSync(path.join(root, name));
    hash.update(`\0${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

import type { ListedFile } from './items.ts';

export interface FoundFile {
  readonly kind: 'file';
  readonly path: string;
  readonly file: File;
}
/** A file that can be imported, or one that is passed over, with the reason. */
export type Found = FoundFile | ({ readonly kind: 'passed_over' } & ListedFile);

const systemFiles = new Set(['thumbs.db', 'desktop.ini']);
const isHidden = (name: string): boolean => name.startsWith('.') || systemFiles.has(name.toLowerCase());

/**
 * A file as it was found. The `path` of a file in a folder begins with the folder that was dropped, whose own name does
 * not matter: `~/.codex` is hidden, and what is in it is not.
 */
export function judge(path: string, file: File): Found {
  const [first = '', ...below] = path.split('/');
  if ((below.length === 0 ? [first] : below).some(isHidden))
    return { kind: 'passed_over', path, code: 'hidden', message: 'It is hidden, or in a hidden folder.' };
  return file.size === 0
    ? { kind: 'passed_over', path, code: 'empty', message: 'It is empty.' }
    : { kind: 'file', path, file };
}

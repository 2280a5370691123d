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
 * Judges a file as it was found. The `path` of a file in a folder begins with the dropped folder, whose own name does
 * not matter: `~/.codex` is hidden, but its files are not.
 */
export function judge(path: string, file: File): Found {
  const [first = '', ...below] = path.split('/');
  if ((below.length === 0 ? [first] : below).some(isHidden))
    return { kind: 'passed_over', path, code: 'hidden', message: 'Hidden file, or in a hidden folder.' };
  return file.size === 0
    ? { kind: 'passed_over', path, code: 'empty', message: 'Empty file.' }
    : { kind: 'file', path, file };
}

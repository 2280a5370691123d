import { statfs } from 'node:fs/promises';

export type TroubleCode = 'out_of_memory' | 'disk_full' | 'engine_failed' | 'database_damaged';

/**
 * The reason why the store cannot do what it is asked: a stable code, and a message that says what to do. The change
 * that was asked for is not made.
 */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';
  readonly code: TroubleCode;
  /** The text that the browser gets in place of a page error's message: see `components/ui/trouble.ts`. */
  readonly digest: string;

  constructor(code: TroubleCode, message: string) {
    super(message);
    this.code = code;
    this.digest = `${code}: ${message}`;
  }
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`;

/** Returns how many bytes may be written to the disk of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Reports that the disk of `folder` is full, with its free space now. */
export async function diskFull(folder: string): Promise<StoreTrouble> {
  const free = await freeBytes(folder).then(mebibytes, () => 'too little');
  return new StoreTrouble(
    'disk_full',
    `The disk of the data folder ${folder} is full: ${free} is free there now. Free some space and try again; you do not need to restart Dendro. Nothing was changed.`,
  );
}

/**
 * Tells if an error says that the disk is full: an error of the file system, of the engine, or of a thread that only
 * passes its message on.
 */
export function saysDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    (('code' in error && error.code === 'ENOSPC') || /^ENOSPC\b|No space left on device/.test(error.message))
  );
}

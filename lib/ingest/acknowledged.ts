import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Imported = z.object({ import: z.int(), sha256: z.string(), events: z.int() });
const Line = z.union([Imported, z.object({ deleted: z.array(z.int()) }), z.object({ kept: z.array(z.int()) })]);
export type AcknowledgedImport = z.output<typeof Imported>;

const fileName = 'acknowledged-imports.jsonl';

function lineOf(text: string): z.output<typeof Line> | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * What senders were told is in, in a file beside the database: what the database lost together with its own record of it can be told by nothing else. A line is written, and on the
 * disk, after an import is stored and before its sender is told; and before an import is deleted, so that a missing one is not taken for lost.
 */
export class AcknowledgedImports {
  readonly #file: FileHandle;
  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Those that `folder` tells of and that were not deleted. A line that was not finished was not acknowledged either. */
  static async read(folder: string): Promise<readonly AcknowledgedImport[]> {
    const text = await readFile(path.join(folder, fileName), 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    });
    const found = new Map<number, { readonly imported: AcknowledgedImport; deleted: boolean }>();
    const mark = (ids: readonly number[], deleted: boolean): void => {
      for (const id of ids) {
        const known = found.get(id);
        if (known) known.deleted = deleted;
      }
    };
    for (const line of text.split('\n').map(lineOf)) {
      if (line === null) continue;
      if ('import' in line) found.set(line.import, { imported: line, deleted: false });
      else if ('deleted' in line) mark(line.deleted, true);
      else mark(line.kept, false);
    }
    return [...found.values()].filter(({ deleted }) => !deleted).map(({ imported }) => imported);
  }

  /** Begins the file anew with `imports`, when they are given, and takes more. */
  static async open(folder: string, imports: readonly AcknowledgedImport[] | null): Promise<AcknowledgedImports> {
    const file = path.join(folder, fileName);
    if (imports) {
      const written = `${file}.new`;
      await writeFile(written, imports.map((each) => `${JSON.stringify(each)}\n`).join(''), { flush: true });
      await rename(written, file);
    }
    return new AcknowledgedImports(await open(file, 'a'));
  }

  async add(imported: AcknowledgedImport): Promise<void> {
    await this.#append(imported);
  }

  /** To be called before they are deleted; `keep` when they were not. */
  async delete(ids: readonly number[]): Promise<void> {
    await this.#append({ deleted: ids });
  }

  async keep(ids: readonly number[]): Promise<void> {
    await this.#append({ kept: ids });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(line: object): Promise<void> {
    // It begins a line of its own, also behind one that a full disk cut off.
    await this.#file.appendFile(`\n${JSON.stringify(line)}\n`);
    await this.#file.datasync();
  }
}

import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Imported = z.object({ import: z.int(), sha256: z.string(), events: z.int() });
/** `changing`: how many events they bring is not known until they are told of again. */
const Line = z.union([
  Imported,
  z.object({ changing: z.array(z.int()) }),
  z.object({ deleted: z.array(z.int()) }),
  z.object({ kept: z.array(z.int()) }),
]);
/** `content` is null while it may have changed. */
export interface AcknowledgedImport {
  readonly import: number;
  readonly content: { readonly sha256: string; readonly events: number } | null;
}

const fileName = 'acknowledged-imports.jsonl';

function lineOf(text: string): z.output<typeof Line> | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * What senders were told is in, in a file beside the database: what the database lost together with its own record of
 * it can be told by nothing else. A line is written, and on the disk, after an import is stored and before its sender
 * is told; and before an import is deleted, so that a missing one is not taken for lost.
 */
export class AcknowledgedImports {
  readonly #file: FileHandle;
  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /**
   * Those that `folder` tells of and that were not deleted. A line that was not finished was not acknowledged either.
   */
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
      if ('import' in line)
        found.set(line.import, {
          imported: { import: line.import, content: { sha256: line.sha256, events: line.events } },
          deleted: false,
        });
      else if ('changing' in line) {
        for (const id of line.changing)
          found.set(id, { imported: { import: id, content: null }, deleted: found.get(id)?.deleted ?? false });
      } else if ('deleted' in line) mark(line.deleted, true);
      else mark(line.kept, false);
    }
    return [...found.values()].filter(({ deleted }) => !deleted).map(({ imported }) => imported);
  }

  /** Begins the file anew with `imports`, when they are given, and takes more. */
  static async open(
    folder: string,
    imports: readonly z.output<typeof Imported>[] | null,
  ): Promise<AcknowledgedImports> {
    const file = path.join(folder, fileName);
    if (imports) {
      const written = `${file}.new`;
      await writeFile(written, imports.map((each) => `${JSON.stringify(each)}\n`).join(''), { flush: true });
      await rename(written, file);
    }
    return new AcknowledgedImports(await open(file, 'a'));
  }

  async add(imported: readonly z.output<typeof Imported>[]): Promise<void> {
    await this.#append(...imported);
  }

  /**
   * To be called before more comes into these imports, or something of them is replaced; `add` says what they are then.
   */
  async change(ids: readonly number[]): Promise<void> {
    await this.#append({ changing: ids });
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

  async #append(...lines: readonly object[]): Promise<void> {
    // Each begins a line of its own, also behind one that a full disk cut off.
    await this.#file.appendFile(lines.map((line) => `\n${JSON.stringify(line)}\n`).join(''));
    await this.#file.datasync();
  }
}

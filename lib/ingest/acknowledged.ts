import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Imported = z.object({ import: z.int(), sha256: z.string(), events: z.int() });
/** `changing`: the number of its events is unknown until the next line about it. */
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
 * A file beside the database that records which imports senders were told are stored. If the database loses imports
 * together with its own record of them, only this file shows it. A line is on disk after an import is stored and before
 * its sender is told. Another is on disk before an import is deleted, so that it does not count as lost.
 */
export class AcknowledgedImports {
  readonly #file: FileHandle;
  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Returns the imports in `folder`'s file that were not deleted. An unfinished line was not acknowledged either. */
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

  /** Starts the file again with `imports`, if given, and appends more. */
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

  /** Call before logs are added to these imports or replaced in them; then call `add` with the new state. */
  async change(ids: readonly number[]): Promise<void> {
    await this.#append({ changing: ids });
  }

  /** Call before they are deleted; call `keep` when they were not. */
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
    // Each starts a new line, also after one that a full disk cut off.
    await this.#file.appendFile(lines.map((line) => `\n${JSON.stringify(line)}\n`).join(''));
    await this.#file.datasync();
  }
}

import { pluralize, formatInteger } from '@/components/formats';
import { judge, type Found } from './judge';

/** Files that are shown as one: a folder, or many files at once. */
export interface Batch {
  readonly name: string;
  found(): AsyncIterable<Found>;
}

/** More items than this at once are shown as one. */
const mostCards = 10;
/** The walk of one folder stops after this many files and folders: the list of them has to fit in memory. */
const mostEntries = 100_000;

const unreadable = (path: string, error: unknown): Found => ({
  kind: 'passed_over',
  path,
  code: 'unreadable',
  message: `Cannot read the file: ${error instanceof Error ? error.message : String(error)}`,
});

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const pathOf = ({ fullPath }: FileSystemEntry): string => fullPath.replace(/^\//, '');
const entriesOf = (reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> =>
  new Promise((resolve, reject) => {
    reader.readEntries(resolve, reject);
  });

async function fileAt(entry: FileSystemFileEntry): Promise<Found> {
  const path = pathOf(entry);
  try {
    return judge(
      path,
      await new Promise<File>((resolve, reject) => {
        entry.file(resolve, reject);
      }),
    );
  } catch (error) {
    return unreadable(path, error);
  }
}

/** Returns every file below a folder, folder by folder, without recursion. */
async function* walk(folder: FileSystemDirectoryEntry): AsyncGenerator<Found> {
  const folders = [folder];
  let seen = 0;
  for (let next = folders.pop(); next; next = folders.pop()) {
    const reader = next.createReader();
    try {
      // A reader gives its entries in parts, and an empty part at the end.
      for (let entries = await entriesOf(reader); entries.length > 0; entries = await entriesOf(reader)) {
        seen += entries.length;
        if (seen > mostEntries) {
          yield {
            kind: 'passed_over',
            path: pathOf(folder),
            code: 'too_many_files',
            message: `The folder holds more than ${formatInteger(mostEntries)} files and folders; the rest were skipped. Drop its subfolders one by one.`,
          };
          return;
        }
        folders.push(...entries.filter(isFolder));
        yield* await Promise.all(entries.filter(isFile).map(fileAt));
      }
    } catch (error) {
      yield unreadable(pathOf(next), error);
    }
  }
}

/** The browser asks the disk for the size of each file, so after this many files everything else gets a turn. */
const judgedAtOnce = 50;

async function* judged(files: readonly File[], path: (file: File) => string): AsyncGenerator<Found> {
  for (const [index, file] of files.entries()) {
    if (index % judgedAtOnce === judgedAtOnce - 1)
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
    yield judge(path(file), file);
  }
}

const countOf = (count: number, noun: string): string[] => (count === 0 ? [] : [pluralize(count, noun)]);

/** Keeps a few items apart and combines many into one. */
function together(things: readonly (File | Batch)[]): readonly (File | Batch)[] {
  if (things.length <= mostCards) return things;
  const files = things.filter((thing) => thing instanceof File);
  const folders = things.flatMap((thing) => (thing instanceof File ? [] : [thing]));
  return [
    {
      name: [...countOf(folders.length, 'folder'), ...countOf(files.length, 'file')].join(' and '),
      async *found() {
        for (const folder of folders) yield* folder.found();
        yield* judged(files, ({ name }) => name);
      },
    },
  ];
}

/** Returns the dropped files and folders. The browser gives them out only while the event is handled. */
export function droppedIn({ items }: DataTransfer): readonly (File | Batch)[] {
  const things = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item): File | Batch | null => {
      const entry = item.webkitGetAsEntry();
      return entry !== null && isFolder(entry) ? { name: entry.name, found: () => walk(entry) } : item.getAsFile();
    });
  return together(things.filter((thing) => thing !== null));
}

/** Returns the choice in a file picker: files, or everything below a folder. */
export function chosenIn(files: readonly File[]): readonly (File | Batch)[] {
  const folder = files[0]?.webkitRelativePath.split('/')[0] ?? '';
  return folder === ''
    ? together(files)
    : [{ name: folder, found: () => judged(files, ({ webkitRelativePath }) => webkitRelativePath) }];
}

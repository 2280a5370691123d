/** An entry of an archive: a file with its path in the drop. */
export interface TarFile {
  readonly path: string;
  readonly file: Blob;
}

const blockBytes = 512;
/** The longest path that a plain header holds, in bytes. */
const longestPath = 100;
/** Sizes too large for octal digits are written in binary. */
const largestOctal = 8 ** 11;

const encoder = new TextEncoder();

function sizeField(header: Uint8Array, size: number): void {
  if (size < largestOctal) {
    header.set(encoder.encode(size.toString(8).padStart(11, '0')), 124);
    return;
  }
  header[124] = 0x80;
  for (let at = 135, rest = size; at > 124 && rest > 0; at--, rest = Math.floor(rest / 256)) header[at] = rest % 256;
}

function header(path: Uint8Array, size: number, type: string): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(blockBytes);
  block.set(path.subarray(0, longestPath), 0);
  for (const [at, text] of [
    [100, '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [136, '00000000000\0'],
    [148, '        '],
    [156, type],
    [257, 'ustar\u000000'],
  ] as const)
    block.set(encoder.encode(text), at);
  sizeField(block, size);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(encoder.encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return block;
}

const padding = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(-size & (blockBytes - 1));

/** A path too long for a plain header stands before it, as GNU tar writes it. */
function headersOf(path: string, size: number): Uint8Array<ArrayBuffer>[] {
  const name = encoder.encode(path);
  const own = header(name, size, '0');
  if (name.length <= longestPath) return [own];
  return [
    header(encoder.encode('././@LongLink'), name.length + 1, 'L'),
    new Uint8Array([...name, 0]),
    padding(name.length + 1),
    own,
  ];
}

/** Returns the number of bytes that `tarOf` adds to a file. */
export const tarBytes = ({ path, file }: TarFile): number =>
  headersOf(path, file.size).reduce((sum, { length }) => sum + length, 0) + (-file.size & (blockBytes - 1));

/** Returns a tar archive of files. They are read only when it is sent. */
export const tarOf = (files: readonly TarFile[]): Blob =>
  new Blob([
    ...files.flatMap(({ path, file }) => [...headersOf(path, file.size), file, padding(file.size)]),
    new Uint8Array(2 * blockBytes),
  ]);

import { knownLogRecord, knownLogText } from '../../lib/known-logs.ts';

/**
 * An entry of an archive: a file with its path in the drop. With `sha256` its bytes are not sent, because Dendro has
 * them.
 */
export interface TarFile {
  readonly path: string;
  readonly file: Blob;
  readonly sha256?: string | undefined;
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

/** Returns a pax record. Its length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return `${length}${rest}`;
}

/** Returns an entry that describes the next one. */
const entryBefore = (name: string, type: string, content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] => [
  header(encoder.encode(name), content.length, type),
  content,
  padding(content.length),
];

/** Returns the headers of a file. A pax record and a long path come before its own header, as entries of their own. */
function headersOf({ path, file, sha256 }: TarFile): Uint8Array<ArrayBuffer>[] {
  const name = encoder.encode(path);
  const record = sha256 === undefined ? null : paxRecord(knownLogRecord, knownLogText({ bytes: file.size, sha256 }));
  return [
    ...(record === null ? [] : entryBefore('PaxHeaders/log', 'x', encoder.encode(record))),
    ...(name.length <= longestPath ? [] : entryBefore('././@LongLink', 'L', new Uint8Array([...name, 0]))),
    header(name, sha256 === undefined ? file.size : 0, '0'),
  ];
}

const contentOf = ({ file, sha256 }: TarFile): (Blob | Uint8Array<ArrayBuffer>)[] =>
  sha256 === undefined ? [file, padding(file.size)] : [];

/** Returns a tar archive, and how many of its bytes are file content. Reads the files only while it is sent. */
export const tarOf = (files: readonly TarFile[]): { readonly archive: Blob; readonly contentBytes: number } => ({
  archive: new Blob([
    ...files.flatMap((each) => [...headersOf(each), ...contentOf(each)]),
    new Uint8Array(2 * blockBytes),
  ]),
  contentBytes: files.reduce((sum, { file, sha256 }) => sum + (sha256 === undefined ? file.size : 0), 0),
});

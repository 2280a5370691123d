const blockBytes = 512;
const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & (blockBytes - 1))]);

function header(name: string, type: '0' | 'x', size: number): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0, 100);
  block.write(size.toString(8).padStart(11, '0'), 124);
  block.write(' '.repeat(8), 148);
  block.write(type, 156);
  block.write('ustar\u000000', 257);
  block.write(`${block.reduce((sum, byte) => sum + byte).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A tar archive of files, with paths of any length as pax says them. */
export function tarOf(files: ReadonlyArray<readonly [path: string, content: string]>): Buffer<ArrayBuffer> {
  const blocks = files.flatMap(([path, content]) => {
    const [record, bytes] = [` path=${path}\n`, Buffer.from(content)];
    const digits = (length: number): number => String(length + String(length).length).length;
    const length = Buffer.byteLength(record);
    const pax = Buffer.from(`${length + digits(length)}${record}`);
    return [header('pax', 'x', pax.length), padded(pax), header('file', '0', bytes.length), padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

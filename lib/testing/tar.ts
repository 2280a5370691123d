/** Makes a tar archive of these files, as the browser does with a drop. */
import { tarOf } from '../../components/import/tar.ts';

export const tarOfTexts = async (
  files: readonly (readonly [path: string, content: string | Uint8Array<ArrayBuffer>])[],
): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await tarOf(files.map(([path, content]) => ({ path, file: new Blob([content]) }))).archive.arrayBuffer(),
  );

import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { eventTextsOf } from '../formats/registry.ts';
import type { Reader } from '../store/store.ts';

const decompress = promisify(zstdDecompress);

/** The place of an event's text: see `logged_events` in `lib/store/fact-tables.ts`. */
export const TextPlace = z.object({
  import_id: z.int(),
  text_block: z.int(),
  text_start: z.int(),
  text_length: z.int(),
  item: z.int(),
});
export type TextPlace = z.output<typeof TextPlace>;

const Block = z.object({ import_id: z.int(), text_block: z.int(), compressed: z.instanceof(Uint8Array) });
const keyOf = (place: { readonly import_id: number; readonly text_block: number }): string =>
  `${place.import_id} ${place.text_block}`;

/**
 * Returns the texts at these places, byte for byte as they were in their logs. Each block is read and decompressed
 * once.
 */
export async function eventTexts(store: Reader, places: readonly TextPlace[]): Promise<string[]> {
  const blocksOf = new Map<number, Set<number>>();
  for (const place of places) {
    const blocks = blocksOf.get(place.import_id);
    if (blocks) blocks.add(place.text_block);
    else blocksOf.set(place.import_id, new Set([place.text_block]));
  }
  const texts = new Map<string, Buffer>();
  for (const [importId, blocks] of blocksOf) {
    const list = [...blocks];
    const rows = await store.rows(
      `SELECT import_id, text_block, compressed FROM event_texts
      WHERE import_id = $importId AND text_block IN (${list.map((_, index) => `$block${index}`).join(', ')})`,
      { importId, ...Object.fromEntries(list.map((block, index) => [`block${index}`, block])) },
    );
    await Promise.all(
      rows.map(async (row) => {
        const block = Block.parse(row);
        texts.set(keyOf(block), await decompress(block.compressed));
      }),
    );
  }
  const records = new Map<string, readonly string[]>();
  return places.map((place) => {
    const text = texts.get(keyOf(place));
    if (text === undefined)
      throw new Error(`The text block ${place.text_block} of import ${place.import_id} is missing from the store.`);
    const record = `${keyOf(place)} ${place.text_start}`;
    const events =
      records.get(record) ??
      eventTextsOf(text.toString('utf8', place.text_start, place.text_start + place.text_length));
    records.set(record, events);
    return events[place.item] ?? '';
  });
}

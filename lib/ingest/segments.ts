import { rm } from 'node:fs/promises';
import type { Stage, Store } from '../store/store.ts';
import { readBlocks } from './event-texts.ts';
import type { Segment } from './read-log.ts';

/** A stage that takes segments in the background, one after another. */
export interface SegmentStage {
  readonly stage: Stage;
  readonly add: (segment: Segment) => void;
  /** Resolves when every segment is on the stage; rejects with the first failure. */
  finished(): Promise<void>;
  /** Also when segments are still under way: it waits for the current one. */
  close(): Promise<void>;
}

async function* blockRows({ file, firstBlock }: Segment['texts']): AsyncGenerator<readonly unknown[]> {
  let number = firstBlock;
  for await (const block of readBlocks(file)) yield [number++, block];
}

async function put(stage: Stage, { spools, texts }: Segment): Promise<void> {
  for (const { table, file } of spools) {
    await stage.load(table, file);
    await rm(file);
  }
  await stage.append('event_texts', blockRows(texts));
  await rm(texts.file);
}

/** Opens a stage in `folder` for the segments of one log. */
export async function openStage(store: Store, folder: string): Promise<SegmentStage> {
  const stage = await store.stage(folder);
  let last: Promise<void> = Promise.resolve();
  let closing = false;
  return {
    stage,
    add(segment) {
      last = last.then(() => (closing ? undefined : put(stage, segment)));
      // Reported by `finished`; until then nobody listens.
      last.catch(() => undefined);
    },
    finished: () => last,
    async close() {
      closing = true;
      await last.catch(() => undefined);
      await stage.close();
    },
  };
}

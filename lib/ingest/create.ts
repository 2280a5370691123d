import { mkdir, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Configuration } from '../configuration.ts';
import type { Store } from '../store/store.ts';
import { figuresOf } from './ask-about.ts';
import { Changes } from './changes.ts';
import type { Drop, DropRequest } from './drop.ts';
import { ImportGone } from './log-ledgers.ts';
import type { Importer, ImportOutcome, ImportRequest } from './importer.ts';
import { checkStored } from './integrity.ts';
import { readOlder } from './older.ts';
import { Patience } from './patience.ts';
import type { Progress, RunningImport } from './progress.ts';
import { ReaderPool } from './reader-pool.ts';
import { receiveDrop } from './receive-drop.ts';
import { RecordedChanges } from './recorded-changes.ts';
import { whatStays, refusalOf } from './refusals.ts';
import { DropStorer } from './store-drop.ts';

/** `pool` reads the logs; importers may share one. */
interface Parts {
  readonly store: Store;
  readonly configuration: Configuration;
  readonly pool?: ReaderPool;
}

/**
 * Returns the importer of one process, after it has read older databases and checked the stored data. Creates a folder
 * for imports under way in the data folder, and empties it: files of an earlier process are of no use.
 */
export async function createImporter({ store, configuration, pool = new ReaderPool() }: Parts): Promise<Importer> {
  const workFolder = path.join(configuration.dataFolder, 'imports-in-progress');
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  await readOlder(store, configuration.dataFolder);
  const patience = new Patience();
  const closing = new AbortController();
  const { acknowledged, read: allRead } = await checkStored(store, configuration.dataFolder, closing.signal);
  const running = new Map<string, RunningImport>();
  const drops = new Set<Drop>();
  const changes = new Changes();
  const recorded = new RecordedChanges({
    store,
    acknowledged,
    patience,
    changes,
    folder: configuration.dataFolder,
  });

  async function run(key: string, request: ImportRequest, drop: Drop): Promise<ImportOutcome> {
    const folder = path.join(workFolder, key);
    const trouble = store.trouble();
    if (trouble?.code === 'database_damaged') throw trouble;
    const note = (change: Partial<RunningImport>): void => {
      const now = running.get(key);
      if (now) running.set(key, { ...now, ...change });
    };
    let progress: Progress = { bytes: 0, lines: 0, events: 0, rejected: 0, logs: drop.logs };
    const tell = (change: Partial<Progress>): void => {
      progress = { ...progress, ...change, logs: drop.logs };
      note(progress);
      request.onProgress?.(progress);
    };
    const underWay: DropRequest = { request, drop, startedAt: Date.now(), holds: new Set(), note, tell };
    const busy = (): readonly number[] => [...drops].flatMap((other) => (other === drop ? [] : (other.importId ?? [])));
    // When storing fails, reading stops as well.
    const failed = new AbortController();
    try {
      const receiver = { store, configuration, pool, patience, folder, stop: failed.signal };
      const received = await receiveDrop(underWay, receiver);
      return await new DropStorer(underWay, received, { changes: recorded, patience, sound: allRead, busy }).store();
    } finally {
      failed.abort();
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    async import(request) {
      const key = randomUUID();
      const drop: Drop = { importId: null, held: [], logs: { read: 0, alreadyIn: 0, passedOver: 0 } };
      drops.add(drop);
      running.set(key, {
        name: request.name,
        clientKey: request.clientKey,
        totalBytes: request.totalBytes,
        phase: 'reading',
        bytes: 0,
        lines: 0,
        events: 0,
        rejected: 0,
        logs: drop.logs,
      });
      try {
        const { continues = null } = request;
        if (continues !== null && (await figuresOf(store, [continues])).length === 0)
          return {
            kind: 'refused',
            refusal: {
              code: 'no_import',
              message: `There is no import ${continues} to go on with: send the rest without "continues".`,
            },
          };
        drop.importId = continues;
        return await run(key, request, drop);
      } catch (error) {
        if (error instanceof ImportGone) drop.importId = null;
        const { code, message } = await refusalOf(error, request.signal, configuration.dataFolder);
        return { kind: 'refused', refusal: { code, message: `${message} ${whatStays(drop.importId)}` } };
      } finally {
        running.delete(key);
        drops.delete(drop);
      }
    },
    running: () => [...running.values()],
    changes,
    delete: (importIds) => recorded.delete(importIds),
    async close() {
      closing.abort();
      changes.end();
      await allRead;
      await acknowledged.close();
    },
  };
}

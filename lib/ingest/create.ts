import { mkdir, rm } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Configuration } from '../configuration.ts';
import type { Figures } from './figures.ts';
import type { Importer, ImportOutcome, ImportRequest, Refusal, RunningImport } from './importer.ts';
import type { LogReading } from './read-log.ts';
import { ReaderPool } from './reader-pool.ts';
import { SegmentQueue } from './segments.ts';
import { AlreadyStored, deleteLog, storeLog } from './store-log.ts';

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

interface Watch { readonly limit: number; readonly signal: AbortSignal; readonly seen: (part: Uint8Array) => void }
async function* watched(bytes: AsyncIterable<Uint8Array>, { limit, signal, seen }: Watch): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const part of bytes) {
    throwIfCancelled(signal);
    total += part.length;
    if (total > limit) throw new Refused({ code: 'body_too_large', message: `The file is larger than ${limit} bytes: split it, or raise DENDRO_MAX_BODY_BYTES.` });
    seen(part);
    yield part;
  }
  throwIfCancelled(signal);
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Refused({ code: 'cancelled', message: 'The import was cancelled before it was stored; nothing of it was kept.' });
}

function refuseWithoutEvents({ lines, bytes, firstReject }: LogReading): void {
  const reason = bytes === 0 ? 'The file is empty.' : `${lines.total === 1 ? 'Its only line is no Codex event' : `None of its ${lines.total} lines is a Codex event`}.${firstReject ? ` Line ${firstReject.line}: ${firstReject.message}` : ''}`;
  throw new Refused({ code: 'no_events', message: `${reason} Nothing was imported.` });
}

/** The importer of one process. The configured data folder gets a folder for imports under way, emptied here: what an earlier process left is of no use. */
export async function createImporter({ figures, configuration }: { readonly figures: Figures; readonly configuration: Configuration }): Promise<Importer> {
  const workFolder = path.join(configuration.dataFolder, 'imports-in-progress');
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const pool = new ReaderPool();
  const running = new Map<string, RunningImport>();

  async function run(key: string, request: ImportRequest): Promise<ImportOutcome> {
    const { name, signal, onProgress } = request;
    const folder = path.join(workFolder, key);
    const startedAt = Date.now();
    const note = (change: Partial<RunningImport>): void => {
      const now = running.get(key);
      if (now) running.set(key, { ...now, ...change });
    };
    await mkdir(folder);
    const digest = createHash('sha256');
    const segments = new SegmentQueue();
    // When storing fails, reading stops as well.
    const failed = new AbortController();
    try {
      const read = pool.read({
        folder, limits: configuration.limits, bytes: watched(request.bytes, { limit: configuration.limits.bodyBytes, signal: AbortSignal.any([signal, failed.signal]), seen: (part) => digest.update(part) }),
        onProgress(progress) {
          note(progress);
          onProgress?.(progress);
        },
        onSegment: (segment) => segments.add(segment),
      }).then((reading) => {
        if (reading.events.accepted === 0) refuseWithoutEvents(reading);
        note({ phase: 'waiting' });
        return { reading, sha256: digest.digest('hex') };
      });
      read.then(() => segments.end(), (error: unknown) => segments.end(error instanceof Error ? error : new Error(String(error))));
      let reading = true;
      read.finally(() => { reading = false; }).catch(() => undefined);
      await segments.ready();
      const importId = await figures.change(async (transaction) => {
        const stored = await storeLog(transaction, {
          segments, name, startedAt,
          async whole() {
            const result = await read;
            note({ phase: 'storing' });
            return result;
          },
        });
        throwIfCancelled(signal);
        return stored;
      }, { long: reading });
      return { kind: 'created', importId };
    } finally {
      failed.abort();
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    async import(request) {
      const key = randomUUID();
      running.set(key, { name: request.name, clientKey: request.clientKey, totalBytes: request.totalBytes, phase: 'reading', bytes: 0, lines: 0, events: 0, rejected: 0 });
      try {
        return await run(key, request);
      } catch (error) {
        if (error instanceof AlreadyStored) return { kind: 'existing', importId: error.importId };
        if (error instanceof Refused) return { kind: 'refused', refusal: error.refusal };
        if (request.signal.aborted) return { kind: 'refused', refusal: { code: 'cancelled', message: 'The import was cancelled; nothing of it was kept.' } };
        const message = error instanceof Error ? error.message : String(error);
        return { kind: 'refused', refusal: { code: 'storage_failed', message: `The import could not be stored, and nothing of it was kept: ${message}` } };
      } finally {
        running.delete(key);
      }
    },
    running: () => [...running.values()],
    delete: (importId) => figures.change((transaction) => deleteLog(transaction, importId), { long: false }),
    close: () => pool.close(),
  };
}

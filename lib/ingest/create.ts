import { mkdir, rm } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Configuration, Limits } from '../configuration.ts';
import { strangers } from '../formats/strangers.ts';
import { columnText } from '../store/column-text.ts';
import type { Transaction } from '../store/store.ts';
import { diskFull, saysDiskFull, StoreTrouble } from '../store/trouble.ts';
import type { Figures } from './figures.ts';
import { bodyTooLarge, refusalCodes, type Importer, type ImportOutcome, type ImportRequest, type Refusal } from './importer.ts';
import { takeBeginning } from './beginning.ts';
import { checkStored } from './integrity.ts';
import type { LogReading } from './log-reading.ts';
import { Patience, type Held, type Silence } from './patience.ts';
import type { RunningImport } from './progress.ts';
import { ReaderPool, ReadRefused } from './reader-pool.ts';
import { SegmentQueue } from './segments.ts';
import { AlreadyStored, deleteLogs, OnlyNames, storeLog } from './store-log.ts';

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** A connection may be dead without either end being told, and would keep other imports waiting for ever. */
const senderSilent = ({ seconds, othersWait }: Silence): Refused => new Refused({
  code: 'sender_silent',
  message: othersWait
    ? `Nothing came from the sender for ${seconds} s while other imports waited for it: send the log again. Nothing was imported.`
    : `Nothing came from the sender for ${seconds} s: send the log again, or raise DENDRO_MAX_SILENCE_SECONDS. Nothing was imported.`,
});

interface Watch { readonly limits: Limits; readonly signal: AbortSignal; readonly patience: Patience; readonly holds: ReadonlySet<Held>; readonly seen: (part: Uint8Array) => void }
async function* watched(bytes: AsyncIterable<Uint8Array>, { limits: { bodyBytes, silenceSeconds }, signal, patience, holds, seen }: Watch): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  let total = 0;
  try {
    for (;;) {
      // Only while it is wanted: a sender that has to wait for Dendro is not silent.
      const next = await patience.heard(parts.next(), { holds, seconds: silenceSeconds, givenUp: senderSilent });
      throwIfCancelled(signal);
      if (next.done) return;
      const part = next.value;
      total += part.length;
      if (total > bodyBytes) throw new Refused(bodyTooLarge(bodyBytes));
      seen(part);
      yield part;
    }
  } finally {
    // Not waited for, because what was asked for last may never come.
    parts.return?.().catch(() => undefined);
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Refused({ code: 'cancelled', message: 'The import was cancelled before it was stored; nothing of it was kept.' });
}

/** So many entries of an archive that were not read are named when there is nothing else in it. */
const mostNamed = 5;

function refuseWithoutEvents({ parts, firstReject, stranger }: LogReading, bytes: number): void {
  if (stranger) throw new Refused({ code: stranger, message: `${strangers[stranger]} Nothing was imported.` });
  const lines = parts.reduce((sum, part) => sum + part.lines.total, 0);
  const what = bytes === 0 ? 'The file is empty' : lines === 0 ? 'The file holds no line of a log' : lines === 1 ? 'Its only line is no Codex event' : `None of its ${lines} lines is a Codex event`;
  // A log may give its records and its entries names of any length.
  const where = firstReject && columnText(`${firstReject.path === null ? 'Line' : `${firstReject.path}, line`} ${firstReject.line}: ${firstReject.message}`);
  const over = parts.flatMap(({ path: entry, passedOver }) => (passedOver === null || passedOver === 'directory' || entry === null ? [] : [`${entry} (${passedOver})`]));
  const named = over.length > 0 && columnText(` Passed over: ${over.slice(0, mostNamed).join(', ')}${over.length > mostNamed ? `, and ${over.length - mostNamed} more` : ''}.`);
  throw new Refused({ code: 'no_events', message: `${what}.${named || ''}${where ? ` ${where}` : ''} Nothing was imported.` });
}

/** Why an import came to nothing, by what was thrown. */
async function refusalOf(error: unknown, signal: AbortSignal, folder: string): Promise<Refusal> {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof OnlyNames) {
    return { code: 'names_alone', message: 'This is a session index of Codex: it holds only names of threads, and none of these threads is in. Import their rollouts first (the folder ~/.codex/sessions), and this file after them. Nothing was imported.' };
  }
  if (signal.aborted) return { code: 'cancelled', message: 'The import was cancelled; nothing of it was kept.' };
  const trouble = saysDiskFull(error) ? await diskFull(folder) : error;
  if (trouble instanceof StoreTrouble) return { code: trouble.code, message: `The import could not be stored. ${trouble.message}` };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof ReadRefused ? refusalCodes.find((known) => known === error.code) : undefined;
  return code === undefined ? { code: 'storage_failed', message: `The import could not be stored, and nothing of it was kept: ${message}` } : { code, message: `${message} Nothing was imported.` };
}

/** `pool` reads the logs; importers may share one. */
interface Parts { readonly figures: Figures; readonly configuration: Configuration; readonly pool?: ReaderPool }

/** The import itself is stored: only a loss of it would not be noticed. */
const notWritten = (error: unknown): void => {
  process.stderr.write(`The record of acknowledged imports could not be written: ${error instanceof Error ? error.message : String(error)}\n`);
};

/** The importer of one process, when it has checked what is stored. The configured data folder gets a folder for imports under way, emptied here: what an earlier process left is of no use. */
export async function createImporter({ figures, configuration, pool = new ReaderPool() }: Parts): Promise<Importer> {
  const workFolder = path.join(configuration.dataFolder, 'imports-in-progress');
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const patience = new Patience();
  const closing = new AbortController();
  const { acknowledged, read: allRead } = await checkStored(figures.facts, configuration.dataFolder, closing.signal);
  const running = new Map<string, RunningImport>();

  /** Changes the facts when the store's turn comes to it. */
  async function changeInTurn<T>(work: (transaction: Transaction) => Promise<T>, options: { readonly long: boolean }): Promise<T> {
    const waits = patience.waitFor('store');
    try {
      return await figures.change((transaction) => {
        waits();
        return work(transaction);
      }, options);
    } finally {
      waits();
    }
  }

  async function run(key: string, request: ImportRequest): Promise<ImportOutcome> {
    const { name, signal, onProgress } = request;
    const folder = path.join(workFolder, key);
    const trouble = figures.facts.trouble();
    if (trouble?.code === 'database_damaged') throw trouble;
    const startedAt = Date.now();
    const note = (change: Partial<RunningImport>): void => {
      const now = running.get(key);
      if (now) running.set(key, { ...now, ...change });
    };
    const digest = createHash('sha256');
    let received = 0;
    const holds = new Set<Held>();
    const takes = (what: Held): void => {
      holds.add(what);
      patience.judge();
    };
    let whole = false;
    const segments = new SegmentQueue();
    // When storing fails, reading stops as well.
    const failed = new AbortController();
    try {
      const begun = await takeBeginning(watched(request.bytes, { limits: configuration.limits, signal: AbortSignal.any([signal, failed.signal]), patience, holds, seen(part) { digest.update(part); received += part.length; } }));
      await mkdir(folder);
      const waitsForThread = patience.waitFor('thread');
      const read = pool.read({
        ...begun, folder, limits: { ...configuration.limits, titles: configuration.titles },
        onBegun() {
          waitsForThread();
          takes('thread');
        },
        onProgress(progress) {
          note(progress);
          onProgress?.(progress);
        },
        onSegment(segment, last) {
          segments.add(segment);
          whole = last;
        },
      }).then((reading) => {
        if (reading.events.accepted === 0) refuseWithoutEvents(reading, received);
        note({ phase: 'waiting' });
        return { reading, bytes: received, sha256: digest.digest('hex') };
      });
      read.then(() => segments.end(), (error: unknown) => segments.end(error instanceof Error ? error : new Error(String(error))));
      await segments.ready();
      // What is damaged takes nothing in.
      await allRead;
      const importId = await changeInTurn(async (transaction) => {
        takes('store');
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
      }, { long: !whole });
      const { reading, sha256 } = await read;
      await acknowledged.add({ import: importId, sha256, events: reading.events.accepted }).catch(notWritten);
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
        return { kind: 'refused', refusal: await refusalOf(error, request.signal, configuration.dataFolder) };
      } finally {
        running.delete(key);
      }
    },
    running: () => [...running.values()],
    async delete(importIds) {
      let announced = false;
      try {
        return await changeInTurn(async (transaction) => {
          const none = await deleteLogs(transaction, importIds);
          announced = none.length === 0;
          if (announced) await acknowledged.delete(importIds);
          return none;
        }, { long: false });
      } catch (error) {
        if (announced) await acknowledged.keep(importIds).catch(notWritten);
        throw saysDiskFull(error) ? await diskFull(configuration.dataFolder) : error;
      }
    },
    async close() {
      closing.abort();
      await allRead;
      await acknowledged.close();
    },
  };
}

import { mkdir, rm } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Configuration, Limits } from '../configuration.ts';
import { isStrangerCode, strangers } from '../formats/strangers.ts';
import { columnText } from '../store/column-text.ts';
import type { Store, Transaction } from '../store/store.ts';
import { diskFull, saysDiskFull, StoreTrouble } from '../store/trouble.ts';
import {
  bodyTooLarge,
  refusalCodes,
  type Importer,
  type ImportOutcome,
  type ImportRequest,
  type Refusal,
} from './importer.ts';
import { askAbout, figuresOf } from './ask-about.ts';
import { takeBeginning } from './beginning.ts';
import { checkStored } from './integrity.ts';
import type { LogEntry, Segment, UnreadLog } from './log-reading.ts';
import { readOlder } from './older.ts';
import { Patience, type Held, type Silence } from './patience.ts';
import type { Progress, RunningImport } from './progress.ts';
import { ReaderPool, ReadRefused } from './reader-pool.ts';
import { SegmentQueue } from './segments.ts';
import { cutOffImport, deleteImports, ImportGone, noteLogs, NothingNew, nothingNew, type Sent } from './store-log.ts';
import { StoreTurns } from './store-turns.ts';

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** A connection may be dead without either end being told, and would keep other imports waiting for ever. */
const senderSilent = ({ seconds, othersWait }: Silence): Refused =>
  new Refused({
    code: 'sender_silent',
    message: othersWait
      ? `Nothing came from the sender for ${seconds} s while other imports waited for it: send the log again.`
      : `Nothing came from the sender for ${seconds} s: send the log again, or raise DENDRO_MAX_SILENCE_SECONDS.`,
  });

interface Watch {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  readonly holds: ReadonlySet<Held>;
  readonly seen: (part: Uint8Array) => void;
}
async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  { limits: { bodyBytes, silenceSeconds }, signal, patience, holds, seen }: Watch,
): AsyncGenerator<Uint8Array> {
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

const cancelled = 'The import was cancelled.';
function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Refused({ code: 'cancelled', message: cancelled });
}

/** So many entries of an archive that were not read are named when there is nothing else in it. */
const mostNamed = 5;

/** Why nothing of what was sent is stored: no log in it holds an event, or one that says anything. */
function refusalWithoutEvents(logs: readonly UnreadLog[], bytes: number): Refusal {
  const passedOver = logs.filter((log) => log.kind === 'passed_over');
  const stranger = passedOver.find(({ path: entry }) => entry === null)?.reason ?? '';
  if (isStrangerCode(stranger)) return { code: stranger, message: strangers[stranger] };
  if (passedOver.some(({ reason }) => reason === 'names_alone')) {
    return {
      code: 'names_alone',
      message:
        'This is a session index of Codex: it holds only names of threads, and none of these threads is in. Import their rollouts first (the folder ~/.codex/sessions), and this file after them.',
    };
  }
  const lines = passedOver.reduce((sum, log) => sum + log.lines, 0);
  const what =
    bytes === 0
      ? 'The file is empty'
      : lines === 0
        ? 'The file holds no line of a log'
        : lines === 1
          ? 'Its only line is no Codex event'
          : `None of its ${lines} lines is a Codex event`;
  const first = passedOver.find(({ detail }) => detail !== null);
  // A log may give its records and its entries names of any length.
  const where =
    first && columnText(first.path === null ? (first.detail ?? '') : `${first.path}: ${first.detail ?? ''}`);
  const over = passedOver.flatMap(({ path: entry, reason, detail }) =>
    reason === 'directory' || entry === null || detail !== null ? [] : [`${entry} (${reason})`],
  );
  const named =
    over.length > 0 &&
    columnText(
      ` Passed over: ${over.slice(0, mostNamed).join(', ')}${over.length > mostNamed ? `, and ${over.length - mostNamed} more` : ''}.`,
    );
  return { code: 'no_events', message: `${what}.${named || ''}${where ? ` ${where}` : ''}` };
}

/** Why an import came to nothing, by what was thrown. */
async function refusalOf(error: unknown, signal: AbortSignal, folder: string): Promise<Refusal> {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof ImportGone)
    return { code: 'cancelled', message: 'The import was deleted while it was under way.' };
  if (signal.aborted) return { code: 'cancelled', message: cancelled };
  const trouble = saysDiskFull(error) ? await diskFull(folder) : error;
  if (trouble instanceof StoreTrouble)
    return { code: trouble.code, message: `The import could not be stored. ${trouble.message}` };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof ReadRefused ? refusalCodes.find((known) => known === error.code) : undefined;
  return code === undefined
    ? { code: 'storage_failed', message: `The import could not be stored: ${message}` }
    : { code, message };
}

/** What is left of an import that ended before its end. */
const kept = (importId: number | null): string =>
  importId === null
    ? 'Nothing was imported.'
    : `What was in by then stays, as import ${importId}, which is incomplete: send it again under the same name, and it goes on from there.`;

/** `pool` reads the logs; importers may share one. */
interface Parts {
  readonly store: Store;
  readonly configuration: Configuration;
  readonly pool?: ReaderPool;
}

/**
 * A drop that is coming in. `held` are logs that stand in no import because nothing was stored of the drop so far;
 * `logs` counts those that are done with.
 */
interface Drop {
  importId: number | null;
  held: UnreadLog[];
  logs: Progress['logs'];
}

function countLogs(drop: Drop, logs: readonly LogEntry[]): void {
  const count = (is: (log: LogEntry) => boolean): number => logs.filter(is).length;
  const { read, alreadyIn, passedOver } = drop.logs;
  const inVain = count((log) => log.kind === 'read' && log.events.accepted === 0);
  drop.logs = {
    read: read + count(({ kind }) => kind === 'read') - inVain,
    alreadyIn: alreadyIn + count(({ kind }) => kind === 'already_in'),
    passedOver: passedOver + inVain + count((log) => log.kind === 'passed_over' && log.reason !== 'directory'),
  };
}

/** The import itself is stored: only a loss of it would not be noticed. */
const notWritten = (error: unknown): void => {
  process.stderr.write(
    `The record of acknowledged imports could not be written: ${error instanceof Error ? error.message : String(error)}\n`,
  );
};

/**
 * The importer of one process, when it has read what older databases hold and checked what is stored. The configured
 * data folder gets a folder for imports under way, emptied here: what an earlier process left is of no use.
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
  const busyBeside = (drop: Drop) => (): readonly number[] =>
    [...drops].flatMap((other) => (other === drop ? [] : (other.importId ?? [])));

  /** Changes the facts when the store's turn comes to it. */
  async function changeInTurn<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const waits = patience.waitFor('store');
    try {
      return await store.write((transaction) => {
        waits();
        return work(transaction);
      });
    } finally {
      waits();
    }
  }

  /** Puts on record what is acknowledged of these imports from now on. */
  async function acknowledge(importIds: readonly number[]): Promise<void> {
    await acknowledged.add(await figuresOf(store, importIds)).catch(notWritten);
  }

  const turns = new StoreTurns(store, { changing: (importIds) => acknowledged.change(importIds), stored: acknowledge });

  async function run(key: string, request: ImportRequest, drop: Drop): Promise<ImportOutcome> {
    const { name, signal, onProgress, continues = null, more = false } = request;
    const folder = path.join(workFolder, key);
    const trouble = store.trouble();
    if (trouble?.code === 'database_damaged') throw trouble;
    const startedAt = Date.now();
    const note = (change: Partial<RunningImport>): void => {
      const now = running.get(key);
      if (now) running.set(key, { ...now, ...change });
    };
    // Of what comes in several requests no one ever sees all bytes.
    const digest = continues === null && !more ? createHash('sha256') : null;
    let received = 0;
    /** Bytes that the ledger has, and that it has when the transaction under way is stored. */
    let [noted, noting] = [0, 0];
    const holds = new Set<Held>();
    const takes = (what: Held): void => {
      holds.add(what);
      patience.judge();
    };
    const segments = new SegmentQueue();
    // When storing fails, reading stops as well.
    const failed = new AbortController();
    try {
      const begun = await takeBeginning(
        watched(request.bytes, {
          limits: configuration.limits,
          signal: AbortSignal.any([signal, failed.signal]),
          patience,
          holds,
          seen(part) {
            digest?.update(part);
            received += part.length;
          },
        }),
      );
      await mkdir(folder);
      const waitsForThread = patience.waitFor('thread');
      let progress: Progress = { bytes: 0, lines: 0, events: 0, rejected: 0, logs: drop.logs };
      const tell = (change: Partial<Progress>): void => {
        progress = { ...progress, ...change, logs: drop.logs };
        note(progress);
        onProgress?.(progress);
      };
      const read = pool
        .read({
          ...begun,
          folder,
          limits: { ...configuration.limits, titles: configuration.titles },
          ask: (logs) => askAbout(store, logs),
          onBegun() {
            waitsForThread();
            takes('thread');
          },
          onProgress: tell,
          onSegment: (segment) => segments.add(segment),
        })
        .then(() => note({ phase: 'waiting' }));
      read.then(
        () => segments.end(),
        (error: unknown) => segments.end(error instanceof Error ? error : new Error(String(error))),
      );
      const sent = async (last: boolean) => {
        if (last) {
          await read;
          note({ phase: 'storing' });
        }
        noting = received;
        return {
          bytes: received - noted,
          sha256: last ? (digest?.copy().digest('hex') ?? null) : null,
          complete: last && !more,
        };
      };
      const stored = (importId: number): void => {
        drop.importId = importId;
        noted = noting;
      };
      const takeUnread = async (logs: readonly UnreadLog[], last: boolean): Promise<void> => {
        const { importId } = drop;
        if (importId === null) drop.held.push(...logs);
        else {
          await changeInTurn(async (transaction) => {
            await noteLogs(transaction, importId, logs, await sent(last));
            throwIfCancelled(signal);
          });
          stored(importId);
          await acknowledge([importId]);
        }
        countLogs(drop, logs);
      };
      const storeNext = async (first: Segment): Promise<void> => {
        const events =
          first.logs?.reduce((sum, log) => sum + (log.kind === 'read' ? log.events.accepted : 0), 0) ?? null;
        const { importId, held } = drop;
        const waits = patience.waitFor('store');
        try {
          const batch = await turns.store({
            batch: { segments: () => segments.batch(), held, name, startedAt, importId, busy: busyBeside(drop), sent },
            events,
            onTurn() {
              waits();
              takes('store');
            },
            check: () => throwIfCancelled(signal),
          });
          drop.held = [];
          stored(batch.importId);
          countLogs(drop, batch.logs);
        } catch (error) {
          if (!(error instanceof NothingNew)) throw error;
          await takeUnread(error.logs, error.last);
        } finally {
          waits();
          holds.delete('store');
          await segments.drop();
        }
      };
      for (let first = await segments.peek(); first !== null; first = await segments.peek()) {
        // What is damaged takes nothing in.
        await allRead;
        const unread = first.logs && nothingNew(first.logs);
        if (unread) {
          await segments.drop();
          await takeUnread(unread, first.last);
        } else await storeNext(first);
        tell({});
      }
      await read;
      return drop.importId === null
        ? await withoutNews(drop, { name, received, sent })
        : { kind: 'created', importId: drop.importId, logs: drop.logs };
    } finally {
      failed.abort();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /**
   * What a drop comes to of which nothing was stored: the import that most of its logs are in, which is complete now
   * when it had been cut off.
   */
  async function withoutNews(
    drop: Drop,
    {
      name,
      received,
      sent,
    }: { readonly name: string; readonly received: number; readonly sent: (last: boolean) => Promise<Sent> },
  ): Promise<ImportOutcome> {
    const { held } = drop;
    const ids = held.flatMap((log) => (log.kind === 'already_in' && log.importId !== null ? [log.importId] : []));
    if (ids.length === 0) throw new Refused(refusalWithoutEvents(held, received));
    const cutOff = await changeInTurn(async (transaction) => {
      const found = await cutOffImport(transaction, { name, busy: busyBeside(drop), logs: held });
      if (found !== null) await noteLogs(transaction, found, held, { ...(await sent(true)), bytes: 0 });
      return found;
    });
    if (cutOff !== null) {
      await acknowledge([cutOff]);
      return { kind: 'existing', importId: cutOff, logs: drop.logs };
    }
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    const [[most] = [0]] = [...counts].sort(([a, one], [b, other]) => other - one || b - a);
    return { kind: 'existing', importId: most, logs: drop.logs };
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
        const { code, message } = await refusalOf(error, request.signal, configuration.dataFolder);
        return { kind: 'refused', refusal: { code, message: `${message} ${kept(drop.importId)}` } };
      } finally {
        running.delete(key);
        drops.delete(drop);
      }
    },
    running: () => [...running.values()],
    async delete(importIds) {
      let announced = false;
      try {
        const { missing, changed } = await changeInTurn(async (transaction) => {
          const deleted = await deleteImports(transaction, importIds);
          announced = deleted.missing.length === 0;
          if (announced) await acknowledged.delete(importIds);
          if (deleted.changed.length > 0) await acknowledged.change(deleted.changed);
          return deleted;
        });
        await acknowledge(changed);
        return missing;
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

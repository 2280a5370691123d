import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { CodexEvent } from '../events/event.ts';
import { isObject } from '../events/json-object.ts';
import { readEvent } from '../events/read-event.ts';
import type { FoundEvent } from '../formats/format.ts';
import { formatOf } from '../formats/registry.ts';
import { schemaVersion } from '../store/duckdb/definition.ts';
import {
  attach,
  numberImportsFrom,
  olderDatabases,
  removeOlder,
  type AttachedDatabase,
  type OlderDatabase,
} from '../store/duckdb/older.ts';
import type { Store, Transaction } from '../store/store.ts';
import { keysOf } from '../store/tables.ts';
import type { TextPlace } from './event-texts.ts';
import { identityOf, PlaceInLog } from './identity.ts';
import { KeptPart, storeKeptLedgers } from './kept-ledgers.ts';
import { nextEventId, takeEventIds } from './log-ledgers.ts';
import type { Segment } from './log-reading.ts';
import { LogReader, strangeIn } from './read-log.ts';
import { loadSegments, removeFiles } from './segments.ts';
import { settleLogs } from './settle-logs.ts';
import { timeSources, type EventTime } from './times.ts';

/*
 * A database of an older layout is read again, not changed: the texts of all events are kept, so today's facts follow
 * from them as if the logs came in again. Only data that does not follow from the texts is copied: an event's line, its
 * time, and its place in its log.
 */

const KeptEvent = z.object({
  part: z.int(),
  line: z.int(),
  item: z.int(),
  type: z.string(),
  thread_id: z.string().nullable(),
  turn_id: z.string().nullable(),
  time: z.int().nullable(),
  time_source: z.enum(timeSources),
  ended_at: z.int().nullable(),
  outcome: z.string().nullable(),
  identity: z.string(),
  text_start: z.int(),
  text_length: z.int(),
  format: z.string().nullable(),
});
type KeptEvent = z.output<typeof KeptEvent>;
const keptColumns = keysOf(KeptEvent.shape).filter((column) => column !== 'identity' && column !== 'format');

/** Blocks of texts, of 512 KiB and more, that are read before their rows are stored. */
const blocksOfSegment = 128;

/** Returns the events of a kept record, as they are found in a log. */
function eventsIn(text: string): readonly FoundEvent[] {
  const record: unknown = JSON.parse(text);
  return isObject(record) ? (formatOf(record)?.events(record) ?? []) : [];
}

/**
 * An event in the store that today's rules reject. It stays, as an unknown one, under a type of its own, because others
 * of its type may be readable.
 */
const unreadable = ({
  type,
  thread_id: threadId,
  turn_id: turnId,
  time,
  time_source: source,
  ended_at: endedAt,
  outcome,
}: KeptEvent): CodexEvent => ({
  source: 'analytics',
  recordsRead: null,
  kind: 'unknown',
  type: `unreadable_${type.slice(0, 64)}`,
  threadId,
  turnId,
  startedAt: null,
  endedAt,
  time: source === 'event' ? time : null,
  outcome,
  identity: { by: 'place' },
  lineage: {},
});

/** The logs of one import of an older database, read again. */
class KeptImport {
  readonly #transaction: Transaction;
  readonly #older: AttachedDatabase;
  readonly #importId: number;
  readonly #reader: LogReader;
  readonly #parts: readonly KeptPart[];
  /** The place of the part that is open. */
  #open = -1;
  #format: string | null = null;

  constructor(
    transaction: Transaction,
    older: AttachedDatabase,
    {
      importId,
      parts,
      reader,
    }: { readonly importId: number; readonly parts: readonly KeptPart[]; readonly reader: LogReader },
  ) {
    this.#transaction = transaction;
    this.#older = older;
    this.#importId = importId;
    this.#parts = parts;
    this.#reader = reader;
  }

  async blocks(): Promise<readonly number[]> {
    const rows = await this.#transaction.rows(
      `SELECT DISTINCT text_block FROM ${this.#older.table('logged_events')} WHERE import_id = $import
        ORDER BY text_block`,
      { import: this.#importId },
    );
    return z
      .array(z.object({ text_block: z.int() }))
      .parse(rows)
      .map(({ text_block: block }) => block);
  }

  /** Reads the events whose texts stand in this block. Ask for blocks in order; one may hold texts of several logs. */
  async read(block: number): Promise<void> {
    const asked = { import: this.#importId, block };
    const texts = await this.#textsOf(block);
    const rows = await this.#transaction.rows(
      `
      SELECT ${keptColumns.map((column) => `event.${column}`).join(', ')},
        replace(CAST(event.identity AS VARCHAR), '-', '') AS identity, begun.format
      FROM ${this.#older.table('logged_events')} AS event
        LEFT JOIN ${this.#older.table('logged_formats')} AS begun ON begun.event_id = event.event_id
      WHERE event.import_id = $import AND event.text_block = $block ORDER BY event.event_id`,
      asked,
    );
    let [start, found]: [number, readonly FoundEvent[]] = [-1, []];
    let where: TextPlace | null = null;
    for (const row of rows) {
      const kept = KeptEvent.parse(row);
      this.#format = kept.format ?? this.#format;
      while (this.#open < kept.part) this.#next();
      if (kept.text_start !== start || where === null) {
        const text = texts.toString('utf8', kept.text_start, kept.text_start + kept.text_length);
        [start, found] = [kept.text_start, eventsIn(text)];
        where = this.#reader.keepText(text);
      }
      this.#add(kept, found[kept.item], where);
    }
  }

  /** No events follow. */
  end(): void {
    while (this.#open < this.#parts.length) this.#next();
  }

  /** Goes on to the next part. */
  #next(): void {
    const [before, part] = [this.#parts[this.#open], this.#parts[++this.#open]];
    if (before?.passed_over === null)
      this.#reader.finish({
        bytes: before.bytes,
        sha256: '',
        firstLine: null,
        prefixes: new Uint8Array(),
        replaces: null,
        laterIn: null,
      });
    if (part?.passed_over === null) this.#reader.begin(part.path);
    else if (part)
      this.#reader.add({
        kind: 'passed_over',
        path: part.path,
        reason: part.passed_over,
        detail: null,
        bytes: part.bytes,
        lines: part.lines_total,
      });
  }

  #add(kept: KeptEvent, found: FoundEvent | undefined, where: TextPlace): void {
    const result = readEvent(found?.value);
    const event = result.ok ? result.event : unreadable(kept);
    const when: EventTime = { time: kept.time, source: kept.time_source };
    // An identity by key or by the whole event follows from its text; its place in a log does not.
    const identity =
      event.identity.by === 'place' || !found
        ? kept.identity
        : identityOf(event, found.value, new PlaceInLog(), kept.item);
    this.#reader.addPlaced(
      {
        event,
        repaired: result.ok ? result.repaired : [],
        strange: result.ok && found ? strangeIn(event, found) : [],
        format: this.#format ?? 'bare',
      },
      when,
      { line: kept.line, item: kept.item, identity, where },
    );
  }

  async #textsOf(block: number): Promise<Buffer> {
    const [row] = await this.#transaction.rows(
      `SELECT compressed FROM ${this.#older.table('event_texts')} WHERE import_id = $import AND text_block = $block`,
      { import: this.#importId, block },
    );
    return zstdDecompressSync(z.object({ compressed: z.instanceof(Uint8Array) }).parse(row).compressed);
  }
}

/** Reads one import again, with the number that it has. Throws when an event is missing. */
async function readImport(
  transaction: Transaction,
  older: AttachedDatabase,
  { importId, events, folder }: { readonly importId: number; readonly events: number; readonly folder: string },
): Promise<void> {
  const firstEventId = await nextEventId(transaction);
  const as = { importId, firstEventId, firstLog: 0, firstBlock: 0 };
  const parts = z.array(KeptPart).parse(
    await transaction.rows(
      `
    SELECT part, path, passed_over, bytes, lines_total, lines_blank, lines_rejected
      FROM ${older.table('import_parts')} WHERE import_id = $import ORDER BY part`,
      { import: importId },
    ),
  );
  // Records were found in their log within its limits, and are not searched again.
  const reader = new LogReader({ folder, limits: { lineBytes: 0, nesting: 0, titles: true } });
  const load = async (segment: Segment): Promise<void> => {
    await loadSegments(transaction, [{ segment, as }]);
    await removeFiles(segment);
  };
  try {
    const kept = new KeptImport(transaction, older, { importId, parts, reader });
    for (const [index, block] of (await kept.blocks()).entries()) {
      if (index % blocksOfSegment === blocksOfSegment - 1) await load(reader.endSegment());
      await kept.read(block);
    }
    kept.end();
    const segment = reader.endBatch(true);
    await load(segment);
    const placed = await storeKeptLedgers(transaction, older, {
      importId,
      firstEventId,
      parts,
      logs: segment.logs ?? [],
    });
    const accepted = placed.reduce((sum, { log }) => sum + log.events.accepted, 0);
    if (accepted !== events)
      throw new Error(`Of import ${importId} the older database has ${events} events, and ${accepted} were read.`);
    await takeEventIds(transaction, accepted);
    await settleLogs(transaction, placed, firstEventId);
  } finally {
    reader.destroy();
  }
}

const Missing = z.array(z.object({ import_id: z.int(), name: z.string(), events: z.int() }));
const missing = (older: AttachedDatabase): string => `
  SELECT import_id, name, coalesce(events, 0) AS events
    FROM ${older.table('imports')} ANTI JOIN imports AS done USING (import_id)
  LEFT JOIN (SELECT import_id, count(*) AS events
    FROM ${older.table('logged_events')} GROUP BY import_id) USING (import_id) ORDER BY import_id`;

/** How often progress is reported, in ms. */
const sayEach = 2000;

async function readDatabase(
  store: Store,
  older: OlderDatabase,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const imports = await store.write(async (transaction) =>
    Missing.parse(await transaction.rows(missing(await attach(transaction, older)))),
  );
  say(
    `The database has layout ${older.layout}, and this Dendro writes layout ${schemaVersion}: ${imports.length === 1 ? '1 import is' : `${imports.length} imports are`} read again from the kept texts. Nothing is lost when this is stopped: the next start goes on with it.`,
  );
  let said = Date.now();
  for (const [index, { import_id: importId, name, events }] of imports.entries()) {
    if (Date.now() - said >= sayEach) {
      said = Date.now();
      say(`Reading import ${index + 1} of ${imports.length}: ${name}, ${events} events.`);
    }
    await store.write(
      async (transaction) => readImport(transaction, await attach(transaction, older), { importId, events, folder }),
      undefined,
      { repeatable: true },
    );
  }
  await store.write(async (transaction) => {
    const attached = await attach(transaction, older);
    if (Missing.parse(await transaction.rows(missing(attached))).length > 0)
      throw new Error(`Not all imports of ${older.file} were read.`);
    await numberImportsFrom(transaction, attached.nextImportId);
  });
  await store.write((transaction) => removeOlder(transaction, older));
  say('All of it was read, and the older database is removed.');
}

/**
 * Reads databases of older layouts into `store`, and removes them. Call it before any other use of the store. Each
 * import is one transaction: after a killed process, the next one reads the rest. Calls `say` with sentences about its
 * progress.
 */
export async function readOlder(
  store: Store,
  dataFolder: string,
  say: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Promise<void> {
  const folder = path.join(dataFolder, 'older-in-progress');
  for (const older of await olderDatabases(dataFolder)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    try {
      await readDatabase(store, older, folder, say);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

import { countLogs, type DropRequest } from './drop.ts';
import type { ImportOutcome } from './importer.ts';
import { noteLogs, type Sent } from './log-ledgers.ts';
import type { Segment, UnreadLog } from './log-reading.ts';
import type { Patience } from './patience.ts';
import type { ReceivedDrop } from './receive-drop.ts';
import type { RecordedChanges } from './recorded-changes.ts';
import { Refused, refusalWithoutEvents, throwIfCancelled } from './refusals.ts';
import { cutOffImport, NothingNew, nothingNew } from './store-log.ts';

/** `busy` returns the imports that others are adding to now; `sound` resolves when all stored data was checked. */
interface Parts {
  readonly changes: RecordedChanges;
  readonly patience: Patience;
  readonly sound: Promise<void>;
  readonly busy: () => readonly number[];
}

/** Stores the logs of one request, batch by batch, as they are read. */
export class DropStorer {
  readonly #of: DropRequest;
  readonly #received: ReceivedDrop;
  readonly #parts: Parts;
  /** Bytes in the ledger, and those after the transaction under way is stored. */
  #noted = 0;
  #noting = 0;

  constructor(of: DropRequest, received: ReceivedDrop, parts: Parts) {
    this.#of = of;
    this.#received = received;
    this.#parts = parts;
  }

  /** Resolves when all of them are durable, or are known to hold nothing new. */
  async store(): Promise<ImportOutcome> {
    const { drop, tell } = this.#of;
    const { segments, read } = this.#received;
    for (let first = await segments.peek(); first !== null; first = await segments.peek()) {
      // Nothing is added to damaged data.
      await this.#parts.sound;
      const unread = first.logs && nothingNew(first.logs);
      if (unread) {
        await segments.drop();
        await this.#takeUnread(unread, first.last);
      } else await this.#storeNext(first);
      tell({});
    }
    await read;
    return drop.importId === null ? this.#withoutNews() : { kind: 'created', importId: drop.importId, logs: drop.logs };
  }

  async #sent(last: boolean): Promise<Sent> {
    const { request, note } = this.#of;
    const { read, bytes, sha256 } = this.#received;
    if (last) {
      await read;
      note({ phase: 'storing' });
    }
    this.#noting = bytes();
    return {
      bytes: this.#noting - this.#noted,
      sha256: last ? sha256() : null,
      complete: last && !(request.more ?? false),
    };
  }

  #stored(importId: number): void {
    this.#of.drop.importId = importId;
    this.#noted = this.#noting;
  }

  async #takeUnread(logs: readonly UnreadLog[], last: boolean): Promise<void> {
    const {
      drop,
      request: { signal },
    } = this.#of;
    const { changes } = this.#parts;
    const { importId } = drop;
    if (importId === null) drop.held.push(...logs);
    else {
      await changes.inTurn(async (transaction) => {
        await noteLogs(transaction, importId, logs, await this.#sent(last));
        throwIfCancelled(signal);
      });
      this.#stored(importId);
      await changes.acknowledge([importId]);
    }
    countLogs(drop, logs);
  }

  async #storeNext(first: Segment): Promise<void> {
    const {
      drop,
      startedAt,
      holds,
      request: { name, signal },
    } = this.#of;
    const { changes, patience, busy } = this.#parts;
    const { segments } = this.#received;
    const events = first.logs?.reduce((sum, log) => sum + (log.kind === 'read' ? log.events.accepted : 0), 0) ?? null;
    const { importId, held } = drop;
    const sent = (last: boolean): Promise<Sent> => this.#sent(last);
    const waits = patience.waitFor('store');
    try {
      const batch = await changes.turns.store({
        batch: { segments: () => segments.batch(), held, name, startedAt, importId, busy, sent },
        events,
        onTurn() {
          waits();
          holds.add('store');
          patience.judge();
        },
        check: () => throwIfCancelled(signal),
      });
      drop.held = [];
      this.#stored(batch.importId);
      countLogs(drop, batch.logs);
    } catch (error) {
      if (!(error instanceof NothingNew)) throw error;
      await this.#takeUnread(error.logs, error.last);
    } finally {
      waits();
      holds.delete('store');
      await segments.drop();
    }
  }

  /**
   * Ends a drop of which nothing was stored: returns the import with most of its logs, which is complete now if it had
   * been cut off.
   */
  async #withoutNews(): Promise<ImportOutcome> {
    const {
      drop,
      request: { name },
    } = this.#of;
    const { changes, busy } = this.#parts;
    const { held } = drop;
    const ids = held.flatMap((log) => (log.kind === 'already_in' && log.importId !== null ? [log.importId] : []));
    if (ids.length === 0) throw new Refused(refusalWithoutEvents(held, this.#received.bytes()));
    const cutOff = await changes.inTurn(async (transaction) => {
      const found = await cutOffImport(transaction, { name, busy, logs: held });
      if (found !== null) await noteLogs(transaction, found, held, { ...(await this.#sent(true)), bytes: 0 });
      return found;
    });
    if (cutOff !== null) {
      await changes.acknowledge([cutOff]);
      return { kind: 'existing', importId: cutOff, logs: drop.logs };
    }
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    const [[most] = [0]] = [...counts].sort(([a, one], [b, other]) => other - one || b - a);
    return { kind: 'existing', importId: most, logs: drop.logs };
  }
}

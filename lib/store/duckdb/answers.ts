import { AsyncLocalStorage } from 'node:async_hooks';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reader, SqlRow } from '../store.ts';
import type { Engine } from './engine.ts';
import type { Instance } from './instance.ts';
import { readerOf } from './reader.ts';

interface Opened {
  readonly instance: Instance;
  readonly connection: DuckDBConnection;
}
/**
 * One answer: its first statement opens its connection and fixes its state. Statements on one connection take turns;
 * `free` resolves when the last one is over.
 */
interface Answer {
  opened: Opened | null;
  begun: boolean;
  free: Promise<void>;
}

/**
 * Reads, alone or for an answer. Nothing is read from a damaged store: figures from a part of the data would be wrong.
 */
export class Answers implements Reader {
  readonly #engine: Engine;
  readonly #answers = new AsyncLocalStorage<Answer>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Runs `work` with one connection for all its reads, in one read-only transaction. */
  async answer<T>(work: () => Promise<T>): Promise<T> {
    // A call within an answer is a part of it.
    if (this.#answers.getStore()) return work();
    const answer: Answer = { opened: null, begun: false, free: Promise.resolve() };
    try {
      return await this.#answers.run(answer, work);
    } finally {
      await answer.free;
      close(answer);
    }
  }

  async rows(...statement: Parameters<Reader['rows']>): ReturnType<Reader['rows']> {
    if (this.#engine.damage) throw this.#engine.damage;
    const answer = this.#answers.getStore();
    if (!answer)
      return this.#engine.run(
        (instance) =>
          instance.call(() => instance.reading((connection) => readerOf(connection, null).rows(...statement))),
        { repeatable: true },
      );
    const done = await turnOf(answer);
    try {
      return await this.#first(answer, ({ instance, connection }) =>
        instance.call(() => readerOf(connection, null).rows(...statement)),
      );
    } finally {
      done();
    }
  }

  async *batches(...statement: Parameters<Reader['batches']>): AsyncGenerator<readonly SqlRow[]> {
    if (this.#engine.damage) throw this.#engine.damage;
    const alone: Answer = { opened: null, begun: false, free: Promise.resolve() };
    const answer = this.#answers.getStore() ?? alone;
    const done = await turnOf(answer);
    try {
      const { first, rest } = await this.#first(answer, async ({ instance, connection }) => {
        const found = readerOf(connection, instance)
          .batches(...statement)
          [Symbol.asyncIterator]();
        return { first: await found.next(), rest: found };
      });
      for (let next = first; !next.done; next = await this.#engine.run(() => rest.next(), { repeatable: false }))
        yield next.value;
    } finally {
      done();
      close(alone);
    }
  }

  /**
   * Runs a statement of an answer. When the engine fails on the first one, it may be tried again, on the state at that
   * time.
   */
  #first<T>(answer: Answer, work: (opened: Opened) => Promise<T>): Promise<T> {
    return this.#engine.run(
      async (instance) => {
        try {
          answer.opened ??= await begin(instance);
          const result = await work(answer.opened);
          answer.begun = true;
          return result;
        } catch (error) {
          if (!answer.begun) close(answer);
          throw error;
        }
      },
      { repeatable: !answer.begun },
    );
  }
}

const begin = (instance: Instance): Promise<Opened> =>
  instance.call(async () => {
    const connection = await instance.connect();
    await connection.run('BEGIN TRANSACTION READ ONLY');
    return { instance, connection };
  });

/** Closing a connection ends its transaction. */
function close(answer: Answer): void {
  answer.opened?.instance.disconnect(answer.opened.connection);
  answer.opened = null;
}

/** Waits for the earlier statements of the answer, and returns the function that ends this one's turn. */
async function turnOf(answer: Answer): Promise<() => void> {
  const before = answer.free;
  const turn = Promise.withResolvers<void>();
  answer.free = turn.promise;
  await before;
  return turn.resolve;
}

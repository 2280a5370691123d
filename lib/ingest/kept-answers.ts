import { LRUCache } from 'lru-cache';
import type { SqlRow } from '../store/store.ts';

/** So much is kept, in bytes and roughly: of a log of a million events, the answers behind dozens of pages. */
const mostBytes = 32 << 20;
const mostBytesOfOne = 2 << 20;

interface Answer { readonly changes: number; readonly rows: readonly SqlRow[] }

function bytesOf(rows: readonly SqlRow[]): number {
  let bytes = 100;
  for (const row of rows) {
    for (const name in row) {
      const value = row[name];
      bytes += 50 + (typeof value === 'string' ? 2 * value.length : value instanceof Uint8Array ? value.length : 0);
    }
  }
  return bytes;
}

/** The latest answers of the store, each by its statement and values, and good until facts change: `changes` counts that. */
export class KeptAnswers {
  readonly #answers = new LRUCache<string, Answer>({ maxSize: mostBytes, maxEntrySize: mostBytesOfOne, sizeCalculation: ({ rows }) => bytesOf(rows) });

  find(statement: readonly unknown[], changes: number): readonly SqlRow[] | null {
    const found = this.#answers.get(JSON.stringify(statement));
    return found?.changes === changes ? found.rows : null;
  }

  keep(statement: readonly unknown[], answer: Answer): void {
    this.#answers.set(JSON.stringify(statement), answer);
  }
}

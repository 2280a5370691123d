import type { Item } from './items.ts';
import type { Tables } from './tables.ts';

/**
 * The selection: a thread, one of its turns, a fork between it and a thread of another tree (in either direction), or
 * an event of it, in a turn or outside of any.
 */
export type Selection =
  | { readonly kind: 'thread'; readonly threadId: string }
  | { readonly kind: 'turn'; readonly threadId: string; readonly turnId: string }
  | { readonly kind: 'fork'; readonly threadId: string; readonly otherThreadId: string }
  | { readonly kind: 'event'; readonly threadId: string; readonly turnId: string | null; readonly eventId: string };

/** The name of its parameter in the address of a page. */
export const selectionKey = 'selected';

/** Ids may hold anything; most are UUIDs, which need no encoding in an address. */
const encoded = (id: string): string => encodeURIComponent(id).replaceAll('.', '%2E');

/** Returns the form in an address: the kind and the ids, separated by dots. */
export function selectionText(selection: Selection): string {
  return [selection.kind, ...idsOf(selection).map(encoded)].join('.');
}

function idsOf(selection: Selection): readonly string[] {
  switch (selection.kind) {
    case 'thread':
      return [selection.threadId];
    case 'turn':
      return [selection.threadId, selection.turnId];
    case 'fork':
      return [selection.threadId, selection.otherThreadId];
    case 'event':
      return [selection.threadId, selection.turnId ?? '', selection.eventId];
  }
}

/** Reads the selection of an address; null for any other text. */
export function readSelection(text: string | null): Selection | null {
  const [kind, ...parts] = (text ?? '').split('.');
  const [threadId, second, eventId] = decoded(parts);
  if (threadId === undefined || threadId === '') return null;
  if (kind === 'thread' && second === undefined) return { kind, threadId };
  if (kind === 'turn' && second && eventId === undefined) return { kind, threadId, turnId: second };
  if (kind === 'fork' && second && eventId === undefined) return { kind, threadId, otherThreadId: second };
  return kind === 'event' && second !== undefined && eventId
    ? { kind, threadId, turnId: second === '' ? null : second, eventId }
    : null;
}

function decoded(parts: readonly string[]): readonly string[] {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** Returns the selection of this item. */
export function selectionOf(tables: Tables, { kind, lane, record }: Item): Selection {
  const threadId = tables.lanes.threadId[lane] ?? '';
  if (kind === 'thread') return { kind, threadId };
  if (kind === 'turn') return { kind, threadId, turnId: tables.turns.turnId[record] ?? '' };
  if (kind === 'fork') return { kind, threadId, otherThreadId: tables.fork.threadId[record] ?? '' };
  const table = tables[kind];
  return { kind: 'event', threadId, turnId: table.turnId[record] ?? null, eventId: table.eventId[record] ?? '' };
}

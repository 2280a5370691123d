import { z } from 'zod';
import { allOf, anyOf } from '../filters.ts';
import type { Reader, SqlRow } from '../store/store.ts';
import { columns, snake } from './columns.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { CriticalPath, NextCursor, Turn, TurnAnatomy, Workspace, type Page } from './shapes.ts';
import { sourcesOf } from './sources.ts';

export const ThreadTurns = z.object({ turns: z.array(Turn), nextCursor: NextCursor });
export type ThreadTurns = z.output<typeof ThreadTurns>;

/**
 * Returns turns of a thread in order of time, unreported ones included: one page, or all of them. Throws `BadCursor`.
 */
export async function threadTurns(store: Reader, threadId: string, page?: Page): Promise<ThreadTurns> {
  const after = page?.cursor === undefined ? null : decodeCursor(page.cursor, place);
  const { sql, values } = allOf([
    { sql: 'turn.thread_id = $threadId', values: { threadId } },
    after && {
      sql: `${time} > $afterTime OR (${time} = $afterTime AND turn.turn_id > $afterId)`,
      values: { afterTime: after[0], afterId: after[1] },
    },
  ]);
  const rows = await store.rows(
    `SELECT ${turn.sql}, ${time} AS place_time FROM ${turnsFrom} WHERE ${sql} ORDER BY ${turnOrder}
    ${page ? `LIMIT ${page.limit + 1}` : ''}`,
    values,
  );
  const last = page && rows.length > page.limit ? rows[page.limit - 1] : undefined;
  const turns = rows.slice(0, page?.limit).map((row) => turn.read(row));
  const workspaces = await workspacesOf(store, threadId, page ? turns.map(({ turnId }) => turnId) : null);
  return {
    turns: turns.map((each) => ({ ...each, workspaces: workspaces.get(each.turnId) ?? [] })),
    nextCursor: last ? encodeCursor(place.parse([last.place_time, last.turnId])) : null,
  };
}
const place = z.tuple([z.number(), z.string()]);
/** Turns with the critical path of the event that reported each: few have one. */
const turnsFrom = 'turns AS turn LEFT JOIN critical_paths AS critical ON critical.event_id = turn.event_id';
/** Turns without a time come last. */
const time = `coalesce(turn.time, ${Number.MAX_SAFE_INTEGER})`;
/** The order of the turns of a thread, called `turn`. */
export const turnOrder = `${time}, turn.turn_id`;
const tokenColumns = {
  input: 'turn.input_tokens',
  cachedInput: 'turn.cached_input_tokens',
  output: 'turn.output_tokens',
  reasoningOutput: 'turn.reasoning_output_tokens',
  total: 'turn.total_tokens',
} as const;
const anyTokens = `coalesce(${Object.values(tokenColumns).join(', ')}) IS NOT NULL`;
const knownPermissions = "turn.permissions IN ('managed', 'disabled', 'external')";
const turn = columns(Turn.omit({ workspaces: true }), 'turn', {
  sources: sourcesOf('turn'),
  ...Object.fromEntries(Object.keys(TurnAnatomy.shape).map((name) => [`anatomy.${name}`, `turn.${snake(name)}`])),
  ...Object.fromEntries(
    Object.keys(CriticalPath.shape).map((name) => [`criticalPath.${name}`, `critical.${snake(name)}`]),
  ),
  'permissions.enforcedBy': `CASE WHEN ${knownPermissions} THEN turn.permissions END`,
  'permissions.network': `CASE WHEN ${knownPermissions} AND turn.network IN ('open', 'restricted')
    THEN turn.network END`,
  // Values that a reported usage leaves out count as zero, as in every sum; only a turn without any usage has none.
  ...Object.fromEntries(
    Object.entries(tokenColumns).map(([name, column]) => [
      `tokens.${name}`,
      `CASE WHEN ${anyTokens} THEN coalesce(${column}, 0) END`,
    ]),
  ),
});

/** Returns turns of a thread by their numbers, from 1, and their total number. */
export async function numberedTurns(
  store: Reader,
  threadId: string,
  { first, limit }: { readonly first: number; readonly limit: number },
): Promise<{ readonly turns: Turn[]; readonly total: number }> {
  const rows = await store.rows(
    `SELECT ${turn.sql} FROM ${turnsFrom} WHERE turn.thread_id = $threadId
      ORDER BY ${turnOrder} LIMIT ${limit} OFFSET ${first - 1}`,
    { threadId },
  );
  const [counted] = await store.rows('SELECT count(*) AS total FROM turns WHERE thread_id = $threadId', { threadId });
  return { turns: await withWorkspaces(store, threadId, rows), total: Number(counted?.total ?? 0) };
}

/** Returns the trigger that the first turn of a thread states; null when the thread has no turn. */
export async function firstTurn(
  store: Reader,
  threadId: string,
): Promise<Pick<Turn, 'turnId' | 'turnTrigger' | 'rootTurnId'> | null> {
  const [row] = await store.rows(
    `SELECT ${triggered.sql} FROM turns AS turn WHERE turn.thread_id = $threadId ORDER BY ${turnOrder} LIMIT 1`,
    { threadId },
  );
  return row ? triggered.read(row) : null;
}
const triggered = columns(Turn.pick({ turnId: true, turnTrigger: true, rootTurnId: true }), 'turn');

/** Returns one turn; null when no event names it. */
export async function oneTurn(store: Reader, threadId: string, turnId: string): Promise<Turn | null> {
  const [row] = await store.rows(
    `SELECT ${turn.sql} FROM ${turnsFrom} WHERE turn.thread_id = $threadId AND turn.turn_id = $turnId`,
    { threadId, turnId },
  );
  return row ? ((await withWorkspaces(store, threadId, [row]))[0] ?? null) : null;
}

async function withWorkspaces(store: Reader, threadId: string, rows: readonly SqlRow[]): Promise<Turn[]> {
  const turns = rows.map((row) => turn.read(row));
  const workspaces = await workspacesOf(
    store,
    threadId,
    turns.map(({ turnId }) => turnId),
  );
  return turns.map((each) => ({ ...each, workspaces: workspaces.get(each.turnId) ?? [] }));
}

/** Returns the permissions of the latest turn of a thread that states them; null when none does. */
export async function latestPermissions(
  store: Reader,
  threadId: string,
): Promise<Pick<Turn, 'turnId' | 'permissions'> | null> {
  const [row] = await store.rows(
    `SELECT ${stated.sql} FROM turns AS turn WHERE turn.thread_id = $threadId AND ${knownPermissions}
    ORDER BY turn.time DESC NULLS LAST, turn.turn_id DESC LIMIT 1`,
    { threadId },
  );
  return row ? stated.read(row) : null;
}
const stated = columns(Turn.pick({ turnId: true, permissions: true }), 'turn', {
  'permissions.enforcedBy': 'turn.permissions',
  'permissions.network': "CASE WHEN turn.network IN ('open', 'restricted') THEN turn.network END",
});

/** Returns the workspaces at the start of the first turn of a thread that names any. */
export async function firstWorkspaces(store: Reader, threadId: string): Promise<Workspace[]> {
  const [row] = await store.rows(
    `SELECT turn.turn_id AS "turnId" FROM turns AS turn
    WHERE turn.thread_id = $threadId AND turn.turn_id IN (SELECT record.turn_id FROM workspaces AS record
      WHERE record.thread_id = $threadId) ORDER BY ${turnOrder} LIMIT 1`,
    { threadId },
  );
  return row ? ((await workspacesOf(store, threadId, [String(row.turnId)])).get(String(row.turnId)) ?? []) : [];
}

/** Returns the workspaces of these turns of a thread, or of all; more than one event may name the same. */
async function workspacesOf(
  store: Reader,
  threadId: string,
  turnIds: readonly string[] | null,
): Promise<ReadonlyMap<string, Workspace[]>> {
  const { sql, values } = allOf([
    { sql: 'record.thread_id = $threadId', values: { threadId } },
    turnIds === null ? { sql: 'record.turn_id IS NOT NULL', values: {} } : anyOf('record.turn_id', 'turnId', turnIds),
  ]);
  const rows = await store.rows(
    `SELECT DISTINCT record.turn_id AS "turnId", ${workspace.sql} FROM workspaces AS record WHERE ${sql} ORDER BY ALL`,
    values,
  );
  const found = new Map<string, Workspace[]>();
  for (const row of rows) {
    const turnId = String(row.turnId);
    const known = found.get(turnId);
    if (known) known.push(workspace.read(row));
    else found.set(turnId, [workspace.read(row)]);
  }
  return found;
}
const workspace = columns(Workspace, 'record');

import type { Transaction } from '../store/store.ts';
import { refreshTrees } from '../trees/refresh.ts';
import { settleSuspects } from './duplicates.ts';
import { handOver, markLeaving, removeLeaving } from './leaving-logs.ts';

/**
 * Removes one or more imports as if they had never come in. `missing` are the numbers without an import: if there are
 * any, nothing is removed. `changed` are imports that hold the same logs and own them from now on.
 */
export async function deleteImports(
  transaction: Transaction,
  importIds: readonly number[],
): Promise<{ readonly missing: readonly number[]; readonly changed: readonly number[] }> {
  const ids = { ids: importIds };
  const found = new Set(
    (await transaction.rows('SELECT import_id FROM imports WHERE import_id IN (SELECT unnest($ids))', ids)).map(
      ({ import_id: id }) => id,
    ),
  );
  const missing = importIds.filter((id) => !found.has(id));
  if (missing.length > 0) return { missing, changed: [] };
  await transaction.run(
    'INSERT INTO leaving_logs SELECT import_id, log FROM import_logs WHERE import_id IN (SELECT unnest($ids))',
    ids,
  );
  const { threadless } = await markLeaving(transaction);
  const changed = await handOver(transaction);
  await removeLeaving(transaction);
  for (const table of ['imports', 'import_logs'])
    await transaction.run(`DELETE FROM ${table} WHERE import_id IN (SELECT unnest($ids))`, ids);
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless });
  return { missing, changed };
}

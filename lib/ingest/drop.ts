import type { ImportRequest } from './importer.ts';
import type { LogEntry, UnreadLog } from './log-reading.ts';
import type { Held } from './patience.ts';
import type { Progress, RunningImport } from './progress.ts';

/**
 * A drop that is coming in. `held` are logs that stand in no import because nothing was stored of the drop so far;
 * `logs` counts those that are done with.
 */
export interface Drop {
  importId: number | null;
  held: UnreadLog[];
  logs: Progress['logs'];
}

export function countLogs(drop: Drop, logs: readonly LogEntry[]): void {
  const count = (is: (log: LogEntry) => boolean): number => logs.filter(is).length;
  const { read, alreadyIn, passedOver } = drop.logs;
  const inVain = count((log) => log.kind === 'read' && log.events.accepted === 0);
  drop.logs = {
    read: read + count(({ kind }) => kind === 'read') - inVain,
    alreadyIn: alreadyIn + count(({ kind }) => kind === 'already_in'),
    passedOver: passedOver + inVain + count((log) => log.kind === 'passed_over' && log.reason !== 'directory'),
  };
}

/** One request that brings logs of a drop, while it is under way. `startedAt` is in ms since the epoch. */
export interface DropRequest {
  readonly request: ImportRequest;
  readonly drop: Drop;
  readonly startedAt: number;
  /** What it holds by now that others may wait for. */
  readonly holds: Set<Held>;
  /** Says how far it has come: to whoever lists the imports under way, or to the sender as well. */
  readonly note: (change: Partial<RunningImport>) => void;
  readonly tell: (change: Partial<Progress>) => void;
}

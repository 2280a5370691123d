import type { ImportRequest } from './importer.ts';
import type { LogEntry, UnreadLog } from './log-reading.ts';
import type { Held } from './patience.ts';
import type { Progress, RunningImport } from './progress.ts';

/**
 * A drop that is coming in. `held` are logs without an import, because nothing of the drop is stored yet; `logs` counts
 * the finished ones.
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
  /** The resources it holds now that others may wait for. */
  readonly holds: Set<Held>;
  /** Reports its progress: to the list of imports under way, and maybe to the sender. */
  readonly note: (change: Partial<RunningImport>) => void;
  readonly tell: (change: Partial<Progress>) => void;
}

import { z } from 'zod';
import { Import } from '../queries/shapes.ts';

/** The results of the logs of one request, counted. */
const LogCounts = z.object({ read: z.int(), alreadyIn: z.int(), passedOver: z.int() });
/**
 * How far an import has come: bytes received, lines read (blank ones too), events accepted so far, lines rejected, and
 * logs that are stored.
 */
export const Progress = z.object({
  bytes: z.int(),
  lines: z.int(),
  events: z.int(),
  rejected: z.int(),
  logs: LogCounts.describe('Logs that are done with: what is said of them is durable.'),
});
export type Progress = z.output<typeof Progress>;
/** The answer to a request that brings logs: their import, and the results of this request's logs. */
export const ImportAnswer = Import.extend({
  sentLogs: LogCounts.describe('The logs of this request by what became of them.'),
}).meta({ id: 'ImportAnswer' });
export type ImportAnswer = z.output<typeof ImportAnswer>;
/** The part of the progress that the reader of the logs knows. */
export type ReadProgress = Pick<Progress, 'lines' | 'events' | 'rejected'>;

/** An import under way. `totalBytes` is null when the sender has not said how many will come. */
export const RunningImport = Progress.extend({
  name: z.string(),
  clientKey: z.string().nullable(),
  totalBytes: z.int().nullable(),
  phase: z.enum(['reading', 'waiting', 'storing']),
});
export type RunningImport = z.output<typeof RunningImport>;

export const RunningImports = z.object({ running: z.array(RunningImport) }).meta({ id: 'RunningImports' });

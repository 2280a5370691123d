import { z } from 'zod';

/** How far an import has come: bytes received, lines read (blank ones too), events accepted so far, lines rejected. */
export const Progress = z.object({ bytes: z.int(), lines: z.int(), events: z.int(), rejected: z.int() });
export type Progress = z.output<typeof Progress>;

/** An import under way. `totalBytes` is null when the sender has not said how many will come. */
export const RunningImport = Progress.extend({ name: z.string(), clientKey: z.string().nullable(), totalBytes: z.int().nullable(), phase: z.enum(['reading', 'waiting', 'storing']) });
export type RunningImport = z.output<typeof RunningImport>;

export const RunningImports = z.object({ running: z.array(RunningImport) }).meta({ id: 'RunningImports' });

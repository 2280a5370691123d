import { z } from 'zod';

/** How far an import has come: bytes received, lines read (blank ones too), events accepted so far, lines rejected. */
export const Progress = z.object({ bytes: z.int(), lines: z.int(), events: z.int(), rejected: z.int() });
export type Progress = z.output<typeof Progress>;

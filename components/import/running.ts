import { z } from 'zod';

/** The browser's side of `GET /api/imports/running`. */
export const Running = z.object({
  running: z.array(z.object({
    name: z.string(), clientKey: z.string().nullable(), bytes: z.int(), totalBytes: z.int().nullable(), lines: z.int(), events: z.int(), rejected: z.int(),
    phase: z.enum(['reading', 'waiting', 'storing']),
  })),
});

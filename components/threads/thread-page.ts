import { z } from 'zod';
import { ThreadRow } from '@/lib/queries/shapes.ts';

/** The browser's side of `GET /api/threads`. */
export const ThreadPage = z.object({ threads: z.array(ThreadRow), nextCursor: z.string().nullable() });

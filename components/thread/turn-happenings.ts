import { z } from 'zod';
import { Approval, Compaction, GuardianReview, HookRun, ToolCall } from '@/lib/queries/shapes.ts';

/** The browser's side of `GET /api/threads/{threadId}/turns/{turnId}/happenings`. */
export const TurnHappenings = z.object({
  compactions: z.array(Compaction),
  guardianReviews: z.array(GuardianReview),
  hookRuns: z.array(HookRun),
  toolCalls: z.array(ToolCall),
  approvals: z.array(Approval),
  totals: z.object({
    compactions: z.int(),
    guardianReviews: z.int(),
    hookRuns: z.int(),
    toolCalls: z.int(),
    approvals: z.int(),
  }),
});

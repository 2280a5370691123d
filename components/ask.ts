import type { z } from 'zod';
import type { Answer } from '@/components/api';

/**
 * Asks Dendro's own API. The code that checks the answer is loaded with the first call and not with the page: `schema`
 * loads it. Never rejects: when Dendro is gone before that code is loaded, that is an error like any other, and the
 * next call tries again.
 */
export async function ask<S extends z.ZodType>(
  schema: () => Promise<S>,
  address: string,
): Promise<Answer<z.output<S>>> {
  const loaded = await Promise.all([import('@/components/api'), schema()]).catch(() => null);
  if (loaded === null)
    return {
      ok: false,
      error: { code: 'not_loaded', message: 'A part of this page could not be loaded. Is Dendro still running?' },
    };
  const [{ get }, shape] = loaded;
  return get(shape, address);
}

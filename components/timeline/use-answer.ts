'use client';

import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import { get, type ApiError } from '@/components/api';

/** The server's answer to a call of the API, or the state of the call. */
export type Reading<T> =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'ready'; readonly value: T };

/**
 * Returns the answer at an address, read again when the address or `version` changes; the old answer stays until the
 * new one is there. Null asks nothing.
 */
export function useAnswer<S extends z.ZodType>(
  schema: S,
  address: string | null,
  version = '',
): { readonly reading: Reading<z.output<S>>; readonly again: () => void } {
  const [reading, setReading] = useState<{ readonly address: string | null; readonly state: Reading<z.output<S>> }>({
    address: null,
    state: { kind: 'reading' },
  });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (address === null) return undefined;
    let wanted = true;
    const read = async (): Promise<void> => {
      const answer = await get(schema, address);
      if (wanted)
        setReading({
          address,
          state: answer.ok ? { kind: 'ready', value: answer.value } : { kind: 'failed', error: answer.error },
        });
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [schema, address, version, tries]);
  const again = useCallback(() => {
    setReading({ address: null, state: { kind: 'reading' } });
    setTries((count) => count + 1);
  }, []);
  return { reading: reading.address === address ? reading.state : { kind: 'reading' }, again };
}

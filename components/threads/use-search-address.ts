'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { parametersOf } from '@/components/filter/use-filter';
import { address } from '@/components/links';

/** The wait for more typing. */
const pauseMs = 300;

/** Writes the search text into the address, so that a link searches for the same. */
export function useSearchAddress(text: string): void {
  const path = usePathname();
  const parameters = useSearchParams();
  useEffect(() => {
    const timer = setTimeout(() => {
      if ((parameters.get('search') ?? '') !== text)
        window.history.replaceState(
          null,
          '',
          address(path, parametersOf(parameters), { search: text === '' ? undefined : text }),
        );
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, parameters, path]);
}

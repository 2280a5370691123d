'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { parametersOf } from '@/components/filter/use-filter';
import { address } from '@/components/links';

/** Whoever types is given this long to go on. */
const pauseMs = 300;

/** Writes what is searched for into the address, so that a link searches for the same. */
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

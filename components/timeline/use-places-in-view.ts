'use client';

import { useEffect, useState, type RefObject } from 'react';
import { placeAt, type LaneLayout } from './lane-layout';

const spare = 6;
/** Used until the number of rows in view is known. */
const mostAtFirst = 20;

/**
 * Returns the places of the lanes in view, of some more above and below, and of the one that Tab reaches: a row with
 * the focus stays in the page when it is scrolled away.
 */
export function usePlacesInView(
  scroller: RefObject<HTMLDivElement | null>,
  layout: LaneLayout,
  reached: number,
): readonly number[] {
  const [seen, setSeen] = useState({ first: 0, last: mostAtFirst });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = (): void => {
      const first = placeAt(layout, element.scrollTop);
      const last = placeAt(layout, element.scrollTop + element.clientHeight);
      // Only other rows change the picture: nothing is made again for each pixel.
      setSeen((now) => (now.first === first && now.last === last ? now : { first, last }));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, layout]);
  const first = Math.max(seen.first - spare, 0);
  const last = Math.min(seen.last + spare, layout.lanes.length - 1);
  const inView = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index);
  if (reached < first) return [reached, ...inView];
  return reached > last && reached < layout.lanes.length ? [...inView, reached] : inView;
}

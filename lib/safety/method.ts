import type { Refusal } from './answer.ts';
import { isApi, pathOf, type Arrival } from './arrival.ts';
import { readingMethods } from './site.ts';

/**
 * Returns the methods that a path allows. Only the API changes anything; pages and files are read. Only the request
 * line gives the method: no header overrides it.
 */
export const allowedMethods = (arrival: Arrival): readonly string[] =>
  isApi(arrival) ? [...readingMethods, 'POST', 'DELETE'] : readingMethods;

/** Refuses every method that its path does not allow. In development, Next's own tools may POST to their own paths. */
export function checkMethod(arrival: Arrival, development: boolean): Refusal | null {
  const allowed = allowedMethods(arrival);
  if (
    allowed.includes(arrival.method) ||
    (development && arrival.method === 'POST' && /^\/_(_nextjs|next)/.test(pathOf(arrival)))
  )
    return null;
  return {
    status: 405,
    code: 'method_not_allowed',
    message: `${arrival.method} is not possible here.`,
    headers: { allow: allowed.join(', ') },
  };
}

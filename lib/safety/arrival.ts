/** The input of the checks: a request as it came, before any framework has interpreted it. */
export interface Arrival {
  readonly method: string;
  /** The request target as it stands in the request line. */
  readonly target: string;
  /** Names and values in turn, repeated headers kept apart (as `rawHeaders` of `node:http`). */
  readonly rawHeaders: readonly string[];
  /** The local address of the connection. */
  readonly localAddress: string;
  readonly localPort: number;
}

/** Returns every value of a header, in order; `name` in lower case. */
export const headerValues = ({ rawHeaders }: Arrival, name: string): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
/**
 * Returns the value of a header that may come only once. Repetitions are joined, so that they match nothing that a
 * single value would.
 */
export const headerValue = (arrival: Arrival, name: string): string | null =>
  headerValues(arrival, name).join(', ') || null;
export const headerNames = ({ rawHeaders }: Arrival): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());

export const pathOf = ({ target }: Arrival): string => target.split(/[?#]/, 1)[0] ?? '';
/**
 * Returns whether the path is the API's. Only the exact spelling counts: a disguised one (`/%61pi`) is treated as a
 * page, which may do less.
 */
export const isApi = (arrival: Arrival): boolean => pathOf(arrival) === '/api' || pathOf(arrival).startsWith('/api/');

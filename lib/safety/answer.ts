import { isApi, type Arrival } from './arrival.ts';

/** A whole answer, in place of the route's own. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const refusalCodes = [
  'bad_target',
  'bad_host',
  'host_not_allowed',
  'method_not_allowed',
  'cross_site',
  'token_required',
] as const;
export interface Refusal {
  readonly status: 400 | 401 | 403 | 405;
  readonly code: (typeof refusalCodes)[number];
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns a refusal in the form that fits the client: JSON for the API, plain text for a page. */
export function refuse(arrival: Arrival, { status, code, message, headers }: Refusal): Answer {
  const body = isApi(arrival) ? JSON.stringify({ error: { code, message } }) : `${message}\n`;
  const type = isApi(arrival) ? 'application/json' : 'text/plain; charset=utf-8';
  return { status, body, headers: { 'content-type': type, 'cache-control': 'no-store', ...headers } };
}

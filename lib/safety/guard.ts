import type { Configuration } from '../configuration.ts';
import { refuse, type Answer } from './answer.ts';
import { isApi, type Arrival } from './arrival.ts';
import { contentSecurityPolicy, securityHeaders } from './headers.ts';
import { checkHost } from './host.ts';
import { allowedMethods, checkMethod } from './method.ts';
import { checkSite } from './site.ts';
import { checkToken } from './token.ts';

export interface GuardOptions {
  readonly configuration: Configuration;
  /** Allows the needs of Next's development server. */
  readonly development: boolean;
  /** Unpredictable and new for each request: base64, at least 128 bits. */
  readonly nonce: string;
}
export interface Verdict {
  /** The answer to give in place of the route's; null lets the request pass. */
  readonly answer: Answer | null;
  /** Headers that every answer to this request carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** The policy of the page, from which Next takes the nonce of its scripts. */
  readonly policy: string;
}

/**
 * Answers OPTIONS for pages and files, which have no handler for it. It sends no `Access-Control` header, so a
 * preflight fails, as it should.
 */
const options = (arrival: Arrival): Answer | null =>
  arrival.method === 'OPTIONS' && !isApi(arrival)
    ? { status: 204, headers: { allow: allowedMethods(arrival).join(', '), 'cache-control': 'no-store' }, body: '' }
    : null;

/** Judges one request to pages, files or the API, and refuses everything that is not allowed. */
export function guard(arrival: Arrival, { configuration, development, nonce }: GuardOptions): Verdict {
  const objection =
    checkHost(arrival, configuration) ??
    checkMethod(arrival, development) ??
    checkSite(arrival) ??
    checkToken(arrival, configuration);
  const answer = objection === null ? options(arrival) : 'body' in objection ? objection : refuse(arrival, objection);
  const policy = contentSecurityPolicy(arrival, nonce, development);
  return {
    answer,
    policy,
    headers: {
      ...securityHeaders,
      'content-security-policy': policy,
      ...(isApi(arrival) ? { 'cache-control': 'no-store' } : {}),
    },
  };
}

/**
 * Returns whether a WebSocket may open. It can change things and carries no method to say so, so it is judged like a
 * POST of the same origin.
 */
export const mayUpgrade = (arrival: Arrival, configuration: Configuration): boolean =>
  checkHost(arrival, configuration) === null &&
  checkSite({ ...arrival, method: 'POST' }) === null &&
  checkToken(arrival, configuration) === null;

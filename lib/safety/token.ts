import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Configuration } from '../configuration.ts';
import type { Answer, Refusal } from './answer.ts';
import { headerValue, headerValues, isApi, pathOf, type Arrival } from './arrival.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Compares in the same time, wherever the two differ and whatever their lengths. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/**
 * Returns the cookie's name. Browsers send a host's cookies to all of its ports, so the name has the port, and the
 * value is not the token itself.
 */
const cookieName = (port: number): string => `dendro_${port}`;
const cookieValue = (token: string): string =>
  createHmac('sha256', token).update('the cookie of a browser that has shown the token').digest('base64url');

const cookies = (arrival: Arrival, name: string): string[] =>
  headerValues(arrival, 'cookie')
    .flatMap((header) => header.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));

function isKnown(arrival: Arrival, token: string): boolean {
  const bearer = /^Bearer +(\S+) *$/i.exec(headerValue(arrival, 'authorization') ?? '')?.[1];
  if (bearer !== undefined && isSame(bearer, token)) return true;
  return cookies(arrival, cookieName(arrival.localPort)).some((value) => isSame(value, cookieValue(token)));
}

/**
 * Gives a browser that visits a page with the right `?token=` its cookie, and redirects to the same page without the
 * token in the address.
 */
function login(arrival: Arrival, token: string): Answer | null {
  if (isApi(arrival) || !['GET', 'HEAD'].includes(arrival.method)) return null;
  const parameters = new URLSearchParams(arrival.target.slice(pathOf(arrival).length));
  if (!isSame(parameters.get('token') ?? '', token)) return null;
  parameters.delete('token');
  const location = pathOf(arrival) + (parameters.size > 0 ? `?${parameters}` : '');
  const cookie = `${cookieName(arrival.localPort)}=${cookieValue(token)}; Path=/; HttpOnly; SameSite=Strict`;
  return { status: 303, headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' }, body: '' };
}

/**
 * Checks the token. With one configured, every route requires it: as a bearer token, or as the cookie from `login`.
 * Null lets the request pass.
 */
export function checkToken(arrival: Arrival, { token }: Configuration): Answer | Refusal | null {
  if (token === null || isKnown(arrival, token)) return null;
  return (
    login(arrival, token) ?? {
      status: 401,
      code: 'token_required',
      headers: { 'www-authenticate': 'Bearer realm="Dendro"' },
      message:
        'This Dendro wants its token. In a browser, open /?token=… with the value of DENDRO_TOKEN once; elsewhere, send the header "Authorization: Bearer …".',
    }
  );
}

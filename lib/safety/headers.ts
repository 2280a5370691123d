import { isApi, type Arrival } from './arrival.ts';

/**
 * Returns the policy for the content of a page: its own files, and inline scripts and styles that carry this request's
 * nonce. Style attributes are allowed, because charts and components set positions and sizes with them. Development
 * adds the needs of hot reloading: `eval`, and styles that the bundler inserts without a nonce.
 */
function pagePolicy(nonce: string, development: boolean): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' ${development ? `'unsafe-inline'` : `'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ');
}
const apiPolicy = `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export const contentSecurityPolicy = (arrival: Arrival, nonce: string, development: boolean): string =>
  isApi(arrival) ? apiPolicy : pagePolicy(nonce, development);

/** The headers on every answer. No header of CORS is among them: no other origin may read anything. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
};

/**
 * Returns true for request headers that could change how a framework sees the request: a proxy's statements about its
 * address, other methods, routing marks.
 */
export const isUntrusted = (name: string): boolean =>
  /^(x-forwarded-|x-http-method|x-method-override|x-middleware-|x-original-|x-rewrite-|x-nonce$|forwarded$)/.test(name);

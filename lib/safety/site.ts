import type { Refusal } from './answer.ts';
import { headerNames, headerValue, type Arrival } from './arrival.ts';

export const readingMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Headers that browsers send by themselves, and that command-line tools do not. */
const ofBrowsers = new Set([
  'cookie',
  'referer',
  'upgrade-insecure-requests',
  'dnt',
  'sec-gpc',
  'sec-fetch-dest',
  'sec-fetch-user',
]);
function looksLikeBrowser(arrival: Arrival): boolean {
  const names = headerNames(arrival);
  return (
    names.some((name) => ofBrowsers.has(name) || name.startsWith('sec-ch-')) ||
    /mozilla\//i.test(headerValue(arrival, 'user-agent') ?? '') ||
    (headerValue(arrival, 'accept-language') ?? '*') !== '*' ||
    (headerValue(arrival, 'sec-fetch-mode') ?? 'cors') !== 'cors'
  );
}

const refusal = (message: string): Refusal => ({ status: 403, code: 'cross_site', message });

/**
 * Checks that a request that changes something comes from Dendro's own pages or from a tool, never from another site.
 * Call it after `checkHost`, which proves that the Host header is ours.
 *
 * A browser states the origin of every such request, and pages cannot forge `Origin` or `Sec-Fetch-Site`; so where they
 * are present, they decide: the origin must be the very host and port asked for (either scheme, as a proxy may add
 * TLS), and the site `same-origin`. The same host on another port is `same-site`, and another program: refused.
 *
 * Where both are missing, the request may come from a tool, which sends neither (curl, the collector, `fetch` of Node).
 * Or from a browser that states no origin: old ones when a form is posted, and those whose extensions or proxies cut it
 * out. A form needs no preflight and can send any text as a body; its content type says nothing, since curl uses that
 * of a form as well. So a missing origin passes only without any sign of a browser: a user agent of theirs (all begin
 * with `Mozilla/`), a cookie, a referrer, a language, or one of the headers that only they send. (Node's `fetch` sends
 * `Accept-Language: *` and `Sec-Fetch-Mode: cors`, and a posted form neither.) A tool that is taken for a browser can
 * name Dendro's address as its `Origin`, which no page of another site can do.
 */
export function checkSite(arrival: Arrival): Refusal | null {
  if (readingMethods.includes(arrival.method)) return null;
  const host = headerValue(arrival, 'host')?.toLowerCase();
  const origin = headerValue(arrival, 'origin');
  const site = headerValue(arrival, 'sec-fetch-site');
  if (origin !== null && origin.toLowerCase() !== `http://${host}` && origin.toLowerCase() !== `https://${host}`) {
    return refusal('Only pages of this Dendro may change what it holds; this request comes from another origin.');
  }
  if (site !== null && site !== 'same-origin')
    return refusal('Only pages of this Dendro may change what it holds; this request comes from another site.');
  if (origin === null && site === null && looksLikeBrowser(arrival)) {
    return refusal(
      `A browser seems to have sent this request without saying from where. If you sent it, add the header "Origin: http://${host}".`,
    );
  }
  return null;
}

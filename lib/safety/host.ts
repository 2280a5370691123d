import { parseAuthority, type Authority, type Configuration } from '../configuration.ts';
import type { Refusal } from './answer.ts';
import { headerValues, type Arrival } from './arrival.ts';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/**
 * Returns the name by which this process itself can be reached. One that listens on every address answers to the
 * address of the connection: an address is not a name, so no one can point it elsewhere.
 */
function ownName(host: string, localAddress: string): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  return bracketed(everywhere ? localAddress.replace(/^::ffff:/, '') : host);
}

function isAllowed({ name, port }: Authority, arrival: Arrival, { host, allowedHosts }: Configuration): boolean {
  const own = loopbackNames.includes(name) || name === ownName(host, arrival.localAddress);
  return (
    (own && (port ?? 80) === arrival.localPort) ||
    allowedHosts.some((allowed) => allowed.name === name && (allowed.port === null || allowed.port === port))
  );
}

function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target);
    return true;
  } catch {
    return false;
  }
}

/**
 * Checks that the request is addressed to this Dendro. A site whose own name resolves to 127.0.0.1 (DNS rebinding)
 * shares an origin with whatever answers there, so pages, files and the API answer only to names on the list.
 */
export function checkHost(arrival: Arrival, configuration: Configuration): Refusal | null {
  // The absolute form names a host of its own besides the header's, and `//name` becomes one when it is resolved.
  if (!/^\/(?![/\\])/.test(arrival.target))
    return { status: 400, code: 'bad_target', message: 'Ask for a path that begins with a single "/".' };
  if (!isDecodable(arrival.target))
    return {
      status: 400,
      code: 'bad_target',
      message:
        'The address holds a "%" that begins no character: write a percent sign as %25, and other characters as their UTF-8 bytes.',
    };
  const [host, ...others] = headerValues(arrival, 'host');
  const authority = host === undefined || others.length > 0 ? null : parseAuthority(host);
  if (authority === null)
    return { status: 400, code: 'bad_host', message: 'Send exactly one Host header, of the form name:port.' };
  if (isAllowed(authority, arrival, configuration)) return null;
  return {
    status: 403,
    code: 'host_not_allowed',
    message: `Dendro does not answer to the name ${host}. If it is yours, add it to DENDRO_ALLOWED_HOSTS.`,
  };
}

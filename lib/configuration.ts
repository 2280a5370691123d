import path from 'node:path';
import settings from './settings.json' with { type: 'json' };

/**
 * Everything that the environment can set. Sizes in bytes. `settings.json` declares the variables, for here and for
 * `npm start -- --help`.
 */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  /** When set, every route requires it; must be set when `host` is not loopback. */
  readonly token: string | null;
  /** Hosts that are answered besides loopback's own names and `host`. */
  readonly allowedHosts: readonly Authority[];
  readonly limits: Limits;
  /** Memory that the database may take, in bytes. */
  readonly databaseMemory: number;
  /**
   * True when the first words of a user become the title of a thread. No other part of a conversation is ever stored.
   */
  readonly titles: boolean;
}
export interface Limits {
  /** Largest body of one import. */
  readonly bodyBytes: number;
  /** Longest line of a log. */
  readonly lineBytes: number;
  /** Deepest nesting of a line's JSON. */
  readonly nesting: number;
  /** Most bytes that a packed file may unpack to. */
  readonly unpackedBytes: number;
  /** Most bytes that one packed byte may unpack to. */
  readonly ratio: number;
  /** Most entries of an archive. */
  readonly entries: number;
  /** Longest time that the sender of a log may send nothing while more is expected. */
  readonly silenceSeconds: number;
}

/** A host as a `Host` header names it: lower case, IPv6 in brackets; `port` is null when none is given. */
export interface Authority {
  readonly name: string;
  readonly port: number | null;
}

export type ConfigurationResult =
  | { readonly ok: true; readonly value: Configuration }
  | { readonly ok: false; readonly message: string };
type SettingName = keyof typeof settings;

const authority = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?)(?::(\d{1,5}))?$/;
/**
 * Returns null when the text is not a host with an optional port. User information, paths, white space and empty ports
 * are not allowed.
 */
export function parseAuthority(text: string): Authority | null {
  const [, name, digits] = authority.exec(text.toLowerCase()) ?? [];
  if (name === undefined) return null;
  const port = digits === undefined ? null : Number(digits);
  return port !== null && port > 65_535 ? null : { name, port };
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** Reads the configuration, or says in one sentence which variable is wrong and what it wants. */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): ConfigurationResult {
  const wrong: string[] = [];
  const text = (name: SettingName): string => environment[name]?.trim() || settings[name].fallback;
  const integerSetting = (name: SettingName, least: number, most: number): number => {
    const value = /^\d+$/.test(text(name)) ? Number(text(name)) : NaN;
    if (!(value >= least && value <= most))
      wrong.push(`${name} must be a whole number from ${least} to ${most}, not "${text(name)}".`);
    return value;
  };
  const port = integerSetting('PORT', 0, 65_535);
  const host = text('HOST')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  const token = text('DENDRO_TOKEN') || null;
  // A variable that is set but empty was meant to hold a secret: without one, everybody would get in.
  if (environment.DENDRO_TOKEN !== undefined && token === null)
    wrong.push(
      'DENDRO_TOKEN is set but blank: give it a secret of at least 16 visible ASCII characters, or unset it to run without one.',
    );
  // An Authorization header can carry no others.
  if (token !== null && !/^[\x21-\x7e]{16,}$/.test(token))
    wrong.push('DENDRO_TOKEN must have at least 16 characters, all of them visible ASCII characters.');
  if (!isLoopback(host) && token === null)
    wrong.push(`HOST ${host} can be reached from other machines: set DENDRO_TOKEN, or use 127.0.0.1.`);
  const allowedHosts = text('DENDRO_ALLOWED_HOSTS')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .flatMap((entry) => {
      const parsed = parseAuthority(entry);
      if (parsed === null)
        wrong.push(
          `DENDRO_ALLOWED_HOSTS must hold names such as "dendro.example" or "dendro.example:8080", not "${entry}".`,
        );
      return parsed ?? [];
    });
  if (!/^(on|off)$/.test(text('DENDRO_TITLES')))
    wrong.push(`DENDRO_TITLES must be on or off, not "${text('DENDRO_TITLES')}".`);
  const limits = {
    bodyBytes: integerSetting('DENDRO_MAX_BODY_BYTES', 1, 2 ** 50),
    // The longest string that V8 holds is 2²⁹ bytes; half of it leaves room for the line's copies.
    lineBytes: integerSetting('DENDRO_MAX_LINE_BYTES', 1024, 2 ** 28),
    nesting: integerSetting('DENDRO_MAX_NESTING', 16, 5000),
    unpackedBytes: integerSetting('DENDRO_MAX_UNPACKED_BYTES', 1, 2 ** 50),
    ratio: integerSetting('DENDRO_MAX_RATIO', 2, 1_000_000),
    entries: integerSetting('DENDRO_MAX_ENTRIES', 1, 10_000_000),
    silenceSeconds: integerSetting('DENDRO_MAX_SILENCE_SECONDS', 1, 86_400),
  };
  const value: Configuration = {
    host,
    port,
    token,
    allowedHosts,
    limits,
    databaseMemory: integerSetting('DENDRO_DATABASE_MEMORY_BYTES', 2 ** 27, 2 ** 50),
    titles: text('DENDRO_TITLES') === 'on',
    dataFolder: path.resolve(text('DENDRO_DATA')),
  };
  return wrong[0] === undefined ? { ok: true, value } : { ok: false, message: wrong[0] };
}

import { z } from 'zod';
import { aliases, catalogue } from '../../events/catalogue.ts';

/** Objects whose members the collector wrote side by side with the event's own fields (`schema.md` §2.1, §2.2). */
const client = new Set([
  'product_client_id',
  'client_name',
  'client_version',
  'rpc_transport',
  'experimental_api_enabled',
]);
const runtime = new Set(['codex_rs_version', 'runtime_os', 'runtime_os_version', 'runtime_arch']);
/** The one member of these objects that is no text. */
const clientFlag = 'experimental_api_enabled';

const keys = /(?:^| )([A-Za-z_]\w*)=/g;
/** A number as both Python and JSON write it. */
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

interface Pair {
  readonly key: string;
  readonly value: string;
}

function pairsOf(text: string): Pair[] {
  const found = [...text.matchAll(keys)];
  return found.map((match, index) => ({
    key: match[1] ?? '',
    value: text.slice(match.index + match[0].length, found[index + 1]?.index),
  }));
}

/** Tells if a field of this event is text, so that `26.4` in it is no number. */
function isText(type: string, key: string): boolean {
  const field: unknown = catalogue.get(aliases.get(type) ?? type)?.schema.shape[key];
  return field instanceof z.ZodType && field.safeParse('text').success && !field.safeParse(0).success;
}

function jsonOf({ key, value }: Pair, isOfText: (key: string) => boolean): string {
  if (value === 'None') return 'null';
  const isFlag = value === 'True' || value === 'False';
  if ((!isFlag && !number.test(value)) || isOfText(key)) return JSON.stringify(value);
  return isFlag ? value.toLowerCase() : value;
}

/**
 * Turns `key=value key=value` into the JSON of the event's `event_params`, in the shape that the client sent; null when
 * the text does not begin with a key. Values have no quotes and may hold spaces: each reaches up to the next ` key=`.
 * None, True, False and numbers are read as such where the event's schema does not ask for text. Linear.
 */
export function readPairs(type: string, text: string): string | null {
  const pairs = pairsOf(text);
  if (text.trim() !== '' && !/^[A-Za-z_]\w*=/.test(text)) return null;
  // A hook run has a `product_client_id` of its own (`schema.md` §4.5), an event with a client says more of it.
  const hasClient = pairs.some(({ key }) => key !== 'product_client_id' && client.has(key));
  const groups = { app_server_client: new Array<string>(), runtime: new Array<string>() };
  const members: string[] = [];
  for (const pair of pairs) {
    const group =
      hasClient && client.has(pair.key) ? groups.app_server_client : runtime.has(pair.key) ? groups.runtime : null;
    const json = jsonOf(pair, group ? (key) => key !== clientFlag : (key) => isText(type, key));
    (group ?? members).push(`${JSON.stringify(pair.key)}:${json}`);
  }
  for (const [name, group] of Object.entries(groups))
    if (group.length > 0) members.push(`"${name}":{${group.join(',')}}`);
  return `{${members.join(',')}}`;
}

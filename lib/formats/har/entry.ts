import { z } from 'zod';
import { isObject, type JsonObject } from '../../events/json-object.ts';
import { problemMessage, readJson, type JsonProblemCode } from './json.ts';
import { TurnMetadata, withoutUsers } from '../../events/turn-metadata.ts';

/**
 * A finding in an entry. `text` is the JSON as it was sent, in turn metadata without the names and passwords of
 * remotes. Of broken JSON it names only the request, because headers and addresses may hold secrets.
 */
export type HarFinding =
  | { readonly kind: 'body'; readonly text: string; readonly value: JsonObject }
  | { readonly kind: 'turn_metadata'; readonly text: string; readonly value: TurnMetadata }
  | { readonly kind: 'broken'; readonly text: string; readonly code: HarProblemCode; readonly message: string };
export type HarProblemCode = JsonProblemCode | 'line_too_long' | 'invalid_utf8' | 'missing_body' | 'not_an_event';

const PostData = z
  .object({ text: z.string().nullish().catch(null), encoding: z.string().nullish().catch(null) })
  .nullish()
  .catch(null);
/** Only the needed members: the rest of a request, such as its authorization and cookies, is dropped here. */
const Request = z.object({
  method: z.string().catch(''),
  url: z.string().catch(''),
  headers: z.array(z.unknown()).catch([]),
  postData: PostData,
});
const Message = z.object({ type: z.string(), data: z.string() });

const turnMetadata = 'x-codex-turn-metadata';
const analyticsPath = /\/analytics-events\/events\/?(?:[?#]|$)/;

/** Codex's events have `event_params`; those of other services with the same form of body do not. */
const isCodexEvent = (value: unknown): boolean =>
  isObject(value) && typeof value.event_type === 'string' && isObject(value.event_params);

const nameOf = ({ method, url }: z.output<typeof Request>): string =>
  `${method} ${withoutUsers(url.replace(/[?#].*$/s, ''))}`.slice(0, 300);

function* analyticsIn(request: z.output<typeof Request>, body: string | null, nesting: number): Generator<HarFinding> {
  const isExpected = request.method.toUpperCase() === 'POST' && analyticsPath.test(request.url);
  if (!isExpected && !body?.includes('"events"')) return;
  const broken = (code: HarProblemCode, message: string): HarFinding => ({
    kind: 'broken',
    text: nameOf(request),
    code,
    message,
  });
  if (body === null || body.trim() === '') {
    yield broken(
      'missing_body',
      'The request of this entry has no body: export the HAR file again with request bodies.',
    );
    return;
  }
  const result = readJson(body, nesting);
  if (
    result.ok &&
    isObject(result.value) &&
    Array.isArray(result.value.events) &&
    (isExpected || result.value.events.some(isCodexEvent))
  ) {
    yield { kind: 'body', text: body, value: result.value };
  } else if (isExpected) {
    yield result.ok
      ? broken('not_an_event', 'The body of this entry is JSON, but has no list of events.')
      : broken(result.code, problemMessage('body', result.code, nesting));
  }
}

function metadataIn(text: string, request: z.output<typeof Request>, nesting: number): HarFinding {
  const result = readJson(text, nesting);
  const parsed = result.ok ? TurnMetadata.safeParse(result.value) : null;
  return parsed?.success
    ? { kind: 'turn_metadata', text: withoutUsers(text), value: parsed.data }
    : {
        kind: 'broken',
        text: nameOf(request),
        code: result.ok ? 'invalid_json' : result.code,
        message: result.ok
          ? `The ${turnMetadata} of this entry is not a JSON object.`
          : problemMessage(turnMetadata, result.code, nesting),
      };
}

function metadataHeaderIn(headers: readonly unknown[]): string | null {
  const header = headers.find(
    (member) => isObject(member) && typeof member.name === 'string' && member.name.toLowerCase() === turnMetadata,
  );
  return isObject(header) && typeof header.value === 'string' ? header.value : null;
}

/** Returns the turn metadata in the body of a request to the model, which holds it as a JSON string. */
function metadataTextIn(body: string | null, nesting: number): string | null {
  if (!body?.includes(turnMetadata)) return null;
  const result = readJson(body, nesting);
  const metadata =
    result.ok && isObject(result.value) && isObject(result.value.client_metadata)
      ? result.value.client_metadata[turnMetadata]
      : null;
  return typeof metadata === 'string' ? metadata : null;
}

/** Returns the findings in a request: the parsed members `request` and `_webSocketMessages` of a HAR entry. */
export function* findingsIn(member: unknown, messages: unknown, nesting: number): Generator<HarFinding> {
  const request = Request.safeParse(member).data;
  if (!request) return;
  const { postData } = request;
  const body =
    typeof postData?.text !== 'string'
      ? null
      : postData.encoding?.toLowerCase() === 'base64'
        ? Buffer.from(postData.text, 'base64').toString('utf8')
        : postData.text;
  yield* analyticsIn(request, body, nesting);
  const metadata = metadataHeaderIn(request.headers) ?? metadataTextIn(body, nesting);
  if (metadata !== null) yield metadataIn(metadata, request, nesting);
  // Over a web socket each turn comes as a message; the header of the handshake does not name it.
  for (const message of Array.isArray(messages) ? messages : []) {
    const { data } = Message.safeParse(message);
    const text = data?.type === 'send' ? metadataTextIn(data.data, nesting) : null;
    if (text !== null) yield metadataIn(text, request, nesting);
  }
}

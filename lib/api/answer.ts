import { idOfSegment } from '../path-segment.ts';
import { BadCursor } from '../queries/cursor.ts';
import { runningDendro } from '../running.ts';
import { Refusal, refusalOfStore, refusalResponse } from './refusal.ts';
import { routes } from './routes.ts';

type PathTexts = Readonly<Record<string, string>>;

/** Returns the parameters that a path gives to a template such as `/api/imports/{id}`; null when it does not fit. */
function fit(template: string, segments: readonly string[]): PathTexts | null {
  const wanted = template.split('/');
  if (wanted.length !== segments.length) return null;
  const texts: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name === undefined ? segment !== want : segment === '') return null;
    if (name !== undefined) texts[name] = segment;
  }
  return texts;
}

/** Returns the decoded segments of a path; null when they cannot be decoded. */
function segmentsOf(pathname: string): string[] | null {
  try {
    return pathname.split('/').map((segment) => idOfSegment(decodeURIComponent(segment)));
  } catch {
    return null;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Returns the head of an answer. A body that nobody reads would keep its source waiting. */
async function headOf(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

/** Answers any request below `/api`, from `routes` alone. `body` is that of the request. */
export async function answer(
  request: Request,
  body: AsyncIterable<Uint8Array> = request.body ?? nothing(),
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const segments = segmentsOf(pathname) ?? [];
  const found = routes.find(({ declaration }) => fit(declaration.path, segments));
  if (!found)
    return refusalResponse(new Refusal('not_found', `Nothing at ${pathname}. GET /api/openapi.json lists all routes.`));
  const { path } = found.declaration;
  const here = routes.filter(({ declaration }) => declaration.path === path);
  // A client that may read may also ask for the head alone.
  const asked = here.find(
    ({ declaration }) =>
      declaration.method === request.method || (declaration.method === 'GET' && request.method === 'HEAD'),
  );
  if (!asked) {
    const allow = here.map(({ declaration }) => declaration.method).join(', ');
    return refusalResponse(new Refusal('method_not_allowed', `${path} takes ${allow}.`), { allow });
  }
  try {
    const dendro = runningDendro();
    const response = await asked.answer({ request, body, dendro }, fit(path, segments) ?? {});
    return request.method === 'HEAD' ? await headOf(response) : response;
  } catch (error) {
    if (error instanceof BadCursor)
      return refusalResponse(new Refusal('bad_parameter', `The parameter "cursor" is not valid: ${error.message}.`));
    const refused = refusalOfStore(error);
    if (refused) return refusalResponse(refused);
    process.stderr.write(
      `${request.method} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return refusalResponse(new Refusal('internal_error', 'Internal error. See the log of Dendro for details.'));
  }
}

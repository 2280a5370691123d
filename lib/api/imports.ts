import { z } from 'zod';
import { bodyTooLarge, refusalCodes, type Importer, type ImportOutcome } from '../ingest/importer.ts';
import { knownLogs } from '../ingest/ask-about.ts';
import { KnownLogs, mostSizesAsked } from '../known-logs.ts';
import { ImportAnswer, Progress, RunningImports } from '../ingest/progress.ts';
import {
  importById,
  importList,
  ImportList,
  importNumber,
  logList,
  LogSelection,
  rejectList,
  RejectList,
} from '../queries/imports.ts';
import { Import, LogList, Page } from '../queries/shapes.ts';
import type { Reader } from '../store/store.ts';
import { progressOf } from './progress.ts';
import { ErrorBody, Refusal } from './refusal.ts';
import { jsonResponse, ndjsonType, none, route, streamedResponse, type Call } from './route.ts';

const ImportId = z.strictObject({ id: z.string() });
const noImport = (id: string): Refusal =>
  new Refusal('not_found', `There is no import "${id}". GET /api/imports lists those there are.`);

const NewImport = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .default('log')
    .meta({ description: 'What to call the import: the name of the file, or of the folder.' }),
  continues: z
    .string()
    .refine((id) => importNumber(id) !== null, 'it must be the id of an import')
    .optional()
    .meta({ description: 'The import that these logs are added to, of a drop that comes in several requests.' }),
  more: z
    .literal('true')
    .optional()
    .meta({ description: 'Whether more of the drop comes in another request: its import is incomplete until then.' }),
  clientKey: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: "A name of the client's choice, to find this import in /api/imports/running." }),
});

const digestsAsked = 100;
const WantedImports = Page.extend({
  // Calls with digests, and calls from before there were pages, get all of them at once as long as they are few.
  limit: Page.shape.limit.unwrap().default(1000),
  sha256: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'it must be a SHA-256 digest in lower-case hexadecimal'))
    .max(digestsAsked, `a call takes at most ${digestsAsked}`)
    .optional()
    .meta({
      description: `Only imports of logs with any of these SHA-256 digests, which are of their bytes as they were sent; at most ${digestsAsked}. So a client learns which logs it need not send.`,
    }),
});

const AskedSizes = z.strictObject({
  bytes: z
    .array(z.string().regex(/^\d{1,15}$/, 'it must be a whole number'))
    .max(mostSizesAsked, `a call takes at most ${mostSizesAsked}`)
    .meta({ description: `Sizes of logs, in bytes; at most ${mostSizesAsked}. None by default.` })
    .default([]),
});

const mostDeleted = 100;
const DeletedImports = z.strictObject({
  id: z
    .array(z.string())
    .min(1)
    .max(mostDeleted, `a call takes at most ${mostDeleted}`)
    .meta({ description: `Which imports; at most ${mostDeleted}.` }),
});

/** Deletes all of them or, when one does not exist, none. */
async function deleteImports(importer: Importer, ids: readonly string[]): Promise<Response | Refusal> {
  const numbers = new Map(ids.map((id) => [importNumber(id), id]));
  const notANumber = numbers.get(null);
  if (notANumber !== undefined) return noImport(notANumber);
  const [missing] = await importer.delete([...numbers.keys()].filter((number) => number !== null));
  return missing === undefined ? new Response(null, { status: 204 }) : noImport(String(missing));
}

const ImportLine = z
  .union([z.object({ progress: Progress }), z.object({ import: ImportAnswer }), ErrorBody])
  .meta({ id: 'ImportLine' });

/** Returns the import of an attempt, or the reason why there is none. */
async function outcomeOf(store: Reader, outcome: ImportOutcome): Promise<ImportAnswer | Refusal> {
  if (outcome.kind === 'refused') return new Refusal(outcome.refusal.code, outcome.refusal.message);
  const found = await importById(store, String(outcome.importId));
  return found === null ? noImport(String(outcome.importId)) : { ...found, sentLogs: outcome.logs };
}

async function takeLog({
  query,
  request,
  body,
  dendro: {
    configuration: {
      limits: { bodyBytes },
    },
    store,
    importer,
  },
}: Call<typeof none, typeof NewImport>): Promise<Refusal | Response> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (length > bodyBytes) return new Refusal('body_too_large', bodyTooLarge(bodyBytes).message);
  const log = {
    name: query.name,
    clientKey: query.clientKey ?? null,
    continues: query.continues === undefined ? null : importNumber(query.continues),
    more: query.more !== undefined,
    totalBytes: Number.isSafeInteger(length) ? length : null,
    bytes: body,
  };
  if (!request.headers.get('accept')?.includes(ndjsonType)) {
    const outcome = await importer.import({ ...log, signal: request.signal });
    const result = await outcomeOf(store, outcome);
    return result instanceof Refusal
      ? result
      : jsonResponse(JSON.stringify(result), outcome.kind === 'created' ? 201 : 200);
  }
  return streamedResponse(ndjsonType, (reading) =>
    progressOf(async (onProgress) => {
      const signal = AbortSignal.any([request.signal, reading]);
      const result = await outcomeOf(store, await importer.import({ ...log, signal, onProgress }));
      return result instanceof Refusal ? result.body : { import: result };
    }),
  );
}

export const importRoutes = [
  route({
    method: 'POST',
    path: '/api/imports',
    summary:
      'Takes in one log, or many in an archive, as one import. The answer comes when everything accepted is durable; a client that goes away cancels, and of many logs those stay that were stored by then.',
    parameters: none,
    query: NewImport,
    result: ImportAnswer,
    requestBody: 'The bytes of the log, or of an archive of logs, in any supported format.',
    success: {
      200: 'Nothing in it is new: the import that holds it, or most of its logs. As NDJSON: progress, and at the end the import, new or not, or the error.',
      201: 'The new import.',
    },
    lines: ImportLine,
    refusals: [...refusalCodes],
    answer: takeLog,
  }),
  route({
    method: 'GET',
    path: '/api/imports',
    summary: 'The imports, newest first.',
    parameters: none,
    query: WantedImports,
    result: ImportList,
    answer: ({ query, dendro: { store } }) => importList(store, query),
  }),
  route({
    method: 'GET',
    path: '/api/known-logs',
    summary:
      'Imported logs of these sizes, with the SHA-256 digests of their bytes. A file with the same size and digest need not be sent: put an empty entry for it into a tar archive, with a pax record `DENDRO.log` that holds its size in bytes, a space and its digest.',
    parameters: none,
    query: AskedSizes,
    result: KnownLogs,
    answer: ({ query: { bytes }, dendro: { store } }) => knownLogs(store, bytes.map(Number)),
  }),
  route({
    method: 'GET',
    path: '/api/imports/running',
    summary: 'Imports under way, oldest first.',
    parameters: none,
    query: none,
    result: RunningImports,
    answer: async ({ dendro: { importer } }) => RunningImports.parse({ running: importer.running() }),
  }),
  route({
    method: 'GET',
    path: '/api/imports/{id}',
    summary: 'One import.',
    parameters: ImportId,
    query: none,
    result: Import,
    refusals: ['not_found'],
    answer: async ({ path: { id }, dendro: { store } }) => (await importById(store, id)) ?? noImport(id),
  }),
  route({
    method: 'DELETE',
    path: '/api/imports/{id}',
    summary: 'Takes an import out: every figure is as if it had never come in.',
    parameters: ImportId,
    query: none,
    success: { 204: 'It is out.' },
    refusals: ['not_found'],
    answer: ({ path: { id }, dendro: { importer } }) => deleteImports(importer, [id]),
  }),
  route({
    method: 'DELETE',
    path: '/api/imports',
    summary: 'Takes several imports out at once, or none when one of them is not there.',
    parameters: none,
    query: DeletedImports,
    success: { 204: 'They are out.' },
    refusals: ['not_found'],
    answer: ({ query: { id }, dendro: { importer } }) => deleteImports(importer, id),
  }),
  route({
    method: 'GET',
    path: '/api/imports/{id}/rejects',
    summary: 'What an import rejected, in the order of its lines.',
    parameters: ImportId,
    query: Page,
    result: RejectList,
    refusals: ['not_found'],
    answer: async ({ path: { id }, query, dendro: { store } }) => (await rejectList(store, id, query)) ?? noImport(id),
  }),
  route({
    method: 'GET',
    path: '/api/imports/{id}/logs',
    summary: 'The logs within an import, in their order, with what became of each.',
    parameters: ImportId,
    query: Page.extend(LogSelection.shape),
    result: LogList,
    refusals: ['not_found'],
    answer: async ({ path: { id }, query, dendro: { store } }) => (await logList(store, id, query)) ?? noImport(id),
  }),
];

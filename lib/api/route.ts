import { z } from 'zod';
import { parseParameters, urlParameters } from '../parameters.ts';
import type { Dendro } from '../running.ts';
import { Refusal, refusalResponse, type RefusalCode } from './refusal.ts';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** A request on its way to its route. Its body is separate, so that it can stay in its server's form. */
interface Asked {
  readonly request: Request;
  readonly body: AsyncIterable<Uint8Array>;
  readonly dendro: Dendro;
}
/** The input of a route: its path's and its query's parameters, checked. */
export interface Call<P extends z.ZodObject, Q extends z.ZodObject> extends Asked {
  readonly path: z.output<P>;
  readonly query: z.output<Q>;
}

export interface RouteDeclaration<P extends z.ZodObject, Q extends z.ZodObject, R extends z.ZodType> {
  readonly method: Method;
  /** With its parameters in braces: `/api/imports/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: P;
  readonly query: Q;
  /** The answer as JSON; without it, `answer` makes a response of its own. */
  readonly result?: R;
  /** The lines of an answer as NDJSON; where there is also a `result`, the client chooses by `Accept`. */
  readonly lines?: z.ZodType;
  /** The data of server-sent events, for clients that accept them. */
  readonly events?: z.ZodType;
  /** Success statuses with their meanings; 200 by default. */
  readonly success?: Readonly<Record<number, string>>;
  /** The body of the request, when it has one. */
  readonly requestBody?: string;
  /** The possible errors besides bad parameters. */
  readonly refusals?: readonly RefusalCode[];
  /**
   * The result, a refusal, or a response of its own when the answer is not plain JSON of status 200. Throws `BadCursor`
   * for an invalid cursor.
   */
  readonly answer: (call: Call<P, Q>) => Promise<z.output<R> | Refusal | Response>;
}

/** A declared route, ready to answer. */
export interface Route {
  readonly declaration: Omit<RouteDeclaration<z.ZodObject, z.ZodObject, z.ZodType>, 'answer'>;
  answer(asked: Asked, path: Readonly<Record<string, string>>): Promise<Response>;
}

/** For a path or a query that takes no parameters. */
export const none = z.strictObject({});

/** Binds a declaration to its parsing, so that `answer` only sees valid parameters. */
export function route<P extends z.ZodObject, Q extends z.ZodObject, R extends z.ZodType = z.ZodNever>({
  answer,
  ...declaration
}: RouteDeclaration<P, Q, R>): Route {
  return {
    declaration,
    async answer(asked, pathTexts) {
      const path = parseParameters(declaration.parameters, pathTexts);
      if (!path.ok) return refusalResponse(new Refusal(path.error.code, path.error.message));
      const query = parseParameters(declaration.query, urlParameters(new URL(asked.request.url).searchParams));
      if (!query.ok) return refusalResponse(new Refusal(query.error.code, query.error.message));
      const result = await answer({ ...asked, path: path.value, query: query.value });
      if (result instanceof Response) return result;
      return result instanceof Refusal ? refusalResponse(result) : jsonResponse(JSON.stringify(result));
    },
  };
}

/** Answers change with every import, and hold what users would not want kept elsewhere. */
const noStore = { 'cache-control': 'no-store' };

export const jsonResponse = (json: string, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(json, { status, headers: { ...noStore, 'content-type': `${jsonType}; charset=utf-8`, ...headers } });

export const jsonType = 'application/json';
export const ndjsonType = 'application/x-ndjson';
export const eventStreamType = 'text/event-stream';

/**
 * Sends texts as they come, for answers that may not fit in memory. When the client stops reading, the source stops and
 * its signal is aborted.
 */
export function streamedResponse(type: string, texts: (reading: AbortSignal) => AsyncIterable<string>): Response {
  const encoder = new TextEncoder();
  const reading = new AbortController();
  const iterator = texts(reading.signal)[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      reading.abort();
      await iterator.return?.();
    },
  });
  const headers = {
    ...noStore,
    'content-type': `${type}; charset=utf-8`,
    // A proxy that collects an answer would hold events back.
    'x-accel-buffering': 'no',
    // Dendro ends the stream when it stops, and must not wait for the connection after that.
    connection: 'close',
  };
  return new Response(body, { headers });
}

import { z } from 'zod';

/*
 * Calls Dendro's own API from the browser. It brings the schemas along, so it is loaded on first use and not with the
 * page.
 */

const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export interface ApiError {
  readonly code: string;
  readonly message: string;
}
export type Answer<T> =
  | { readonly ok: true; readonly status: number; readonly value: T }
  | { readonly ok: false; readonly error: ApiError };

/** Reads an answer's text: with `schema` when the status is a success, else as the error that it carries. */
export function readAnswer<S extends z.ZodType>(schema: S, status: number, text: string): Answer<z.output<S>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      ok: false,
      error: { code: 'unreadable', message: `The server answered with status ${status} and no JSON.` },
    };
  }
  if (status >= 200 && status < 300) {
    const value = schema.safeParse(json);
    return value.success
      ? { ok: true, status, value: value.data }
      : {
          ok: false,
          error: { code: 'unreadable', message: 'The server’s answer is not what this page expects. Reload the page.' },
        };
  }
  const refusal = Refusal.safeParse(json);
  return {
    ok: false,
    error: refusal.success
      ? refusal.data.error
      : { code: 'unreadable', message: `The server answered with status ${status}.` },
  };
}

const unreachable: ApiError = {
  code: 'unreachable',
  message: 'The server cannot be reached. Is Dendro still running?',
};

export async function get<S extends z.ZodType>(schema: S, address: string): Promise<Answer<z.output<S>>> {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    return readAnswer(schema, response.status, await response.text());
  } catch {
    return { ok: false, error: unreachable };
  }
}

/** Deletes the resource at `address`. */
export async function remove(address: string): Promise<Answer<null>> {
  try {
    const response = await fetch(address, { method: 'DELETE' });
    return response.ok
      ? { ok: true, status: response.status, value: null }
      : readAnswer(z.null(), response.status, await response.text());
  } catch {
    return { ok: false, error: unreachable };
  }
}

import { z } from 'zod';

/** The reasons for a refusal, by stable code, each with its HTTP status. */
export const refusalStatuses = {
  unknown_parameter: 400,
  bad_parameter: 400,
  not_found: 404,
  no_import: 404,
  method_not_allowed: 405,
  sender_silent: 408,
  cancelled: 400,
  body_too_large: 413,
  unpacked_too_large: 413,
  compression_ratio_too_high: 413,
  too_many_entries: 413,
  unsupported_archive: 415,
  packed_too_deep: 415,
  no_events: 422,
  names_alone: 422,
  not_sent: 409,
  prompts_history: 422,
  exec_stream: 422,
  first_cli_session: 422,
  sqlite_database: 422,
  internal_error: 500,
  engine_failed: 500,
  database_damaged: 503,
  out_of_memory: 507,
  disk_full: 507,
  storage_failed: 507,
} as const;
export type RefusalCode = keyof typeof refusalStatuses;

/** The refusals of any call because of the store. */
export const storeCodes = [
  'engine_failed',
  'database_damaged',
  'out_of_memory',
  'disk_full',
] as const satisfies RefusalCode[];

export const ErrorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(refusalStatuses)).meta({ description: 'Stable; for programs.' }),
      message: z.string().meta({ description: 'What to do about it; for people.' }),
    }),
  })
  .meta({ id: 'Error' });

/** Returns the refusal for an error of the store; recognized by its name, because the API does not import the store. */
export function refusalOfStore(error: unknown): Refusal | null {
  if (!(error instanceof Error) || error.name !== 'StoreTrouble' || !('code' in error)) return null;
  const code = storeCodes.find((known) => known === error.code);
  return code === undefined ? null : new Refusal(code, error.message);
}

export class Refusal {
  readonly code: RefusalCode;
  readonly message: string;

  constructor(code: RefusalCode, message: string) {
    this.code = code;
    this.message = message;
  }

  get body(): z.output<typeof ErrorBody> {
    return { error: { code: this.code, message: this.message } };
  }
}

export function refusalResponse(refusal: Refusal, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(refusal.body, {
    status: refusalStatuses[refusal.code],
    headers: { 'cache-control': 'no-store', ...headers },
  });
}

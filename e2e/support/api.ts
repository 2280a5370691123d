import { z } from 'zod';
import { ForestNode } from '../../lib/queries/forest.ts';
import { EventList } from '../../lib/queries/events.ts';
import { ImportList } from '../../lib/queries/imports.ts';
import { Summary } from '../../lib/queries/summary.ts';
import type { Import } from '../../lib/queries/shapes.ts';
import { send } from './requests.ts';
import type { RunningServer } from './server.ts';

/** Returns the text of the answer to a call of the API that must succeed. */
export async function readText({ port }: RunningServer, target: string): Promise<string> {
  const { status, body } = await send(port, { target });
  if (status !== 200) throw new Error(`${target} answered with ${status}: ${body}`);
  return body;
}

/** Returns the answer to a call of the API that must succeed. */
export const read = async <S extends z.ZodType>(
  server: RunningServer,
  schema: S,
  target: string,
): Promise<z.output<S>> => schema.parse(JSON.parse(await readText(server, target)));

/** `query` is the filter as it stands in the address of a page. */
export const readSummary = (server: RunningServer, query = ''): Promise<Summary> =>
  read(server, Summary, `/api/summary?${query}`);
export const readImports = async (server: RunningServer): Promise<readonly Import[]> =>
  (await read(server, ImportList, '/api/imports')).imports;
export const readEvents = (
  server: RunningServer,
  parameters: Readonly<Record<string, string>>,
): Promise<z.output<typeof EventList>> => read(server, EventList, `/api/events?${new URLSearchParams(parameters)}`);
export const readForest = async (server: RunningServer): Promise<readonly ForestNode[]> =>
  (await readText(server, '/api/forest'))
    .split('\n')
    .filter(Boolean)
    .map((line) => ForestNode.parse(JSON.parse(line)));

const Running = z.object({ running: z.array(z.object({ name: z.string(), phase: z.string(), events: z.int() })) });
export const readRunning = async (server: RunningServer): Promise<z.output<typeof Running>['running']> =>
  (await read(server, Running, '/api/imports/running')).running;

import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Configuration } from '../lib/configuration.ts';
import { isLoopback, readConfiguration } from '../lib/configuration.ts';
import { createImporter } from '../lib/ingest/create.ts';
import type { Dendro } from '../lib/running.ts';
import { openStore, StoreUnavailable } from '../lib/store/duckdb/open.ts';
import { isApi } from '../lib/safety/arrival.ts';
import { answerApi } from './api.ts';
import { acceptUpgrades, arrivalOf, createServer, type RequestHandler } from './server.ts';

/** A reason why the start fails; `message` is one sentence for the user. */
class StartFailure extends Error {}

/**
 * The time for running requests to finish when Dendro is told to stop, and the same again for imports to be rolled
 * back.
 */
const graceMs = 3000;

const reasons: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is in use already: stop the program that listens there, or set PORT to another port.`,
  EACCES: (_, port) => `Port ${port} is reserved for the system: set PORT to one above 1023.`,
  EADDRNOTAVAIL: (host) => `HOST ${host} is not an address of this machine.`,
  ENOTFOUND: (host) => `HOST ${host} is not an address of this machine.`,
};

async function listen(server: http.Server, { host, port }: Configuration): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? reasons[error.code] : undefined;
    throw reason ? new StartFailure(reason(host, port)) : error;
  }
}

const isTcp = (address: string | AddressInfo | null): address is AddressInfo =>
  address !== null && typeof address !== 'string';

/** Returns the address of the server for a browser on this machine. */
function addressOf(server: http.Server, host: string): string {
  const address = server.address();
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${isTcp(address) ? address.port : 0}`;
}

/**
 * Stops taking requests, gives running ones their time, lets imports roll back, and closes the store, so that nothing
 * is left to repair.
 */
async function stop(server: http.Server, { importer, store }: Dendro): Promise<void> {
  const closed = once(server, 'close');
  // Ends the streams of open pages: the server would wait for them.
  importer.changes.end();
  server.close();
  await Promise.race([closed, delay(graceMs)]);
  server.closeAllConnections();
  for (let waited = 0; importer.running().length > 0 && waited < graceMs; waited += 50) await delay(50);
  await importer.close();
  await store.close();
}

const isReading = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

async function serve(development: boolean): Promise<void> {
  let close = async (): Promise<void> => undefined;
  let stopping: Promise<void> | undefined;
  const leave = (): void => {
    // One Ctrl-C may arrive twice, from the terminal and from npm.
    stopping ??= close().then(
      () => process.exit(0),
      (error: unknown) => fail(error, development),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
  // The command that started this process is gone, even if it was killed.
  process.on('disconnect', leave);
  if (process.send && !process.connected) leave();

  const read = readConfiguration(process.env);
  if (!read.ok) throw new StartFailure(read.message);
  const configuration = read.value;

  // The port comes first: it is the cheapest to find taken. Requests that arrive early wait for the rest.
  const ready = Promise.withResolvers<RequestHandler>();
  const server = createServer(configuration, development, async (request, response, wantBody) =>
    (await ready.promise)(request, response, wantBody),
  );
  await listen(server, configuration);

  const store = await openStore(configuration);
  const importer = await createImporter({ store, configuration });
  const dendro: Dendro = { configuration, store, importer };
  globalThis.dendro = dendro;
  close = () => stop(server, dendro);

  const address = addressOf(server, configuration.host);
  const answerPage = await pages(server, configuration, development, address);
  ready.resolve((request, response, wantBody) => {
    // Everything that a reader is told at a time is of one state.
    const answer = <T>(work: () => Promise<T>): Promise<T> => (isReading(request) ? store.answer(work) : work());
    if (isApi(arrivalOf(request))) return answer(() => answerApi(request, response, wantBody));
    wantBody();
    return answer(() => answerPage(request, response));
  });
  process.stdout.write(`Dendro is ready: ${address}\n`);
  if (configuration.token !== null)
    process.stdout.write(`It wants its token: open ${address}/?token=… once, with the value of DENDRO_TOKEN.\n`);
  if (!isLoopback(configuration.host))
    process.stdout.write(
      'Other machines can reach it. What they send and receive is not encrypted, unless a proxy in front sees to that.\n',
    );
}

type PageHandler = (request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>;
/** Returns Next's handler of requests, ready to answer. */
async function pages(
  server: http.Server,
  configuration: Configuration,
  development: boolean,
  address: string,
): Promise<PageHandler> {
  // Next reads these when it is loaded, so it is loaded after they are set.
  Object.assign(process.env, { NODE_ENV: development ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const { default: next } = await import('next');
  // Next attaches its listener for upgrades to the server that it is given. This one gets only those that have passed
  // the guard.
  const upgrades = new http.Server();
  const app = next({
    dev: development,
    dir: path.resolve(import.meta.dirname, '..'),
    hostname: configuration.host,
    port: Number(new URL(address).port),
    httpServer: upgrades,
  });
  await app.prepare();
  if (development) acceptUpgrades(server, configuration, (...upgrade) => upgrades.emit('upgrade', ...upgrade));
  return app.getRequestHandler();
}

function fail(error: unknown, development: boolean): void {
  const known = error instanceof StartFailure || error instanceof StoreUnavailable;
  const reason = error instanceof Error ? (development && !known && error.stack) || error.message : String(error);
  const code = error instanceof StoreUnavailable ? ` [${error.code}]` : '';
  process.stderr.write(known ? `${reason}${code}\n` : `Dendro failed: ${reason}\n`);
  process.exit(1);
}

const [argument, ...others] = process.argv.slice(2);
const development = argument === '--dev';
if ((argument !== undefined && !development) || others.length > 0)
  fail(new StartFailure('scripts/serve.ts takes no argument but --dev; settings come from the environment.'), false);
serve(development).catch((error: unknown) => fail(error, development));

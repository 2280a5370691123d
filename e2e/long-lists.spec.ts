import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestInfo } from '@playwright/test';
import { z } from 'zod';
import { tarOfTexts } from '../lib/testing/tar.ts';
import { readEvents, readImports } from './support/api.ts';
import { importLog } from './support/import.ts';
import { eventLine, writeLog } from './support/logs.ts';
import { send } from './support/requests.ts';
import type { RunningServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

/** More of everything than any page shows at once. */
const many = 1500;
/** In bytes of HTML, not compressed: the largest size of a page, however long the lists and names in the logs are. */
const largestPage = 1 << 20;
/** The page of a turn has five lists, and each of their records again in the order of time. */
const largestTurnPage = 5 << 19;

const long = (text: string, index: number): string => `${text} ${index} ${text.slice(0, 1).repeat(480)}`;
const start = 1_795_348_971;

/** Everything that may repeat in a log, repeated, with long names. */
const lines = Array.from({ length: many }, (_, index) => {
  const chain = `${index} of the chain`;
  const of = {
    thread_id: 'wide',
    turn_id: 'full',
    model: long('model', index),
    started_at: start + index,
    status: 'completed',
  };
  return [
    eventLine('codex_thread_initialized', {
      thread_id: chain,
      ...(index === 0 ? {} : { parent_thread_id: `${index - 1} of the chain` }),
      thread_source: 'user',
      model: long('model', index),
      created_at: start + index,
      app_server_client: { product_client_id: long('client', index) },
      runtime: { codex_rs_version: long('0', index) },
    }),
    eventLine('codex_thread_initialized', {
      thread_id: long('child', index),
      parent_thread_id: 'wide',
      thread_source: 'subagent',
      subagent_source: 'thread_spawn',
      created_at: start + index,
    }),
    eventLine('codex_turn_event', {
      thread_id: 'wide',
      turn_id: long('turn', index),
      status: 'failed',
      turn_error: long('error', index),
      started_at: start + index,
      [long('field', index)]: 1,
      sandbox_policy: long('policy', index),
      total_tokens: 5,
    }),
    eventLine('codex_turn_event', {
      thread_id: chain,
      turn_id: chain,
      status: 'completed',
      started_at: start + index,
      duration_ms: 'long',
      total_tokens: 5,
    }),
    eventLine('codex_hook_run', {
      ...of,
      hook_name: long('hook', index),
      hook_source: long('source', index),
      handler_type: long('handler', index),
      execution_mode: long('mode', index),
    }),
    eventLine('codex_compaction_event', {
      ...of,
      trigger: long('trigger', index),
      reason: long('reason', index),
      phase: long('phase', index),
      implementation: long('way', index),
      active_context_tokens_before: 3,
      active_context_tokens_after: 1,
    }),
    eventLine('codex_guardian_review', {
      ...of,
      review_id: `review ${index}`,
      target_item_id: `call ${index}`,
      reviewed_action: { type: long('action', index) },
      decision: 'approved',
      terminal_status: 'approved',
      risk_level: long('risk', index),
      failure_reason: long('failure', index),
      guardian_thread_id: 'guardian',
    }),
    eventLine('codex_command_execution_event', {
      ...of,
      item_id: `call ${index}`,
      tool_name: long('tool', index),
      started_at_ms: start * 1000 + index,
      terminal_status: 'failed',
      failure_kind: long('failure', index),
    }),
    eventLine('codex_review_event', {
      ...of,
      review_id: `approval ${index}`,
      item_id: `call ${index}`,
      subject_kind: 'command',
      subject_name: long('subject', index),
      reviewer: 'user',
      status: 'approved',
      started_at_ms: start * 1000 + index,
    }),
    eventLine(long('type', index), { thread_id: 'wide', occurred_at_ms: start * 1000 + index }),
    eventLine(long('type', index), { thread_id: 'wide', occurred_at_ms: start * 1000 + index }),
    `no event ${'n'.repeat(500)}`,
  ].join('\n');
});
const large = [
  eventLine('large text', { thread_id: 'large', text: '"<'.repeat(1 << 19) }),
  eventLine('large list', { thread_id: 'large', list: new Array<number>(1 << 19).fill(1) }),
  `{"event_type":"large depth","event_params":{"thread_id":"large","deep":${'['.repeat(3000)}${']'.repeat(3000)}}}`,
];
const entries = Array.from(
  { length: 300 },
  (_, index) =>
    [
      `${'p'.repeat(4000)} ${index}.log`,
      index % 2 ? '' : `no event\n${eventLine('codex_hook_run', { thread_id: 'packed', status: `${index}` })}\n`,
    ] as const,
);

/** Imports the small logs first: an import takes less time while the store is small. */
async function importAll(dendro: RunningServer, testInfo: TestInfo): Promise<void> {
  await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      await importLog(
        dendro,
        await writeLog(testInfo, `${index} ${'n'.repeat(200)}`, [
          eventLine('codex_hook_run', { thread_id: 'small', status: `${index}` }),
          'no event',
        ]),
      );
    }),
  );
  await importLog(dendro, await writeLog(testInfo, 'lists.jsonl', lines));
  await importLog(dendro, await writeLog(testInfo, 'large.jsonl', large));
  await importLog(dendro, await writeLog(testInfo, 'entries.tar', await tarOfTexts(entries)));
}

/** The addresses of each page with the most content. */
const pages = async (dendro: RunningServer): Promise<Readonly<Record<string, readonly string[]>>> => {
  const imports = await readImports(dendro);
  const { events } = await readEvents(dendro, { threadId: 'large' });
  const id = (name: string): string => imports.find((each) => each.name === name)?.id ?? '';
  const thread = (name: string): string => `/threads/${encodeURIComponent(name)}`;
  return {
    '/': ['/'],
    '/threads': ['/threads'],
    '/threads/[threadId]': ['wide', 'guardian', '0 of the chain', `${many - 1} of the chain`].map(thread),
    '/threads/[threadId]/turns/[turnId]': [
      `${thread('wide')}/turns/full`,
      `${thread('wide')}/turns/${encodeURIComponent(long('turn', 5))}`,
    ],
    '/compactions': [
      '/compactions',
      '/compactions?by=trigger',
      '/compactions?by=trigger,reason,phase,implementation,model',
    ],
    '/hooks': ['/hooks', '/hooks?by=hookName,hookSource,handlerType,executionMode'],
    '/guardian': ['/guardian', '/guardian?by=riskLevel,failureReason,actionType'],
    '/events': [
      '/events',
      '/events?threadId=wide',
      '/events?threadId=large',
      `/events?type=${encodeURIComponent(long('type', 7))}`,
    ],
    '/events/[eventId]': events.map((event) => `/events/${event.id}`),
    '/imports': ['/imports'],
    '/imports/[importId]': [id('lists.jsonl'), id('entries.tar')].map((each) => `/imports/${each}`),
    '/quality': ['/quality', `/quality?importId=${id('entries.tar')}`],
    '/quality/lines': ['/quality/lines'],
    '/quality/rejects': ['/quality/rejects', `/quality/rejects?importId=${id('entries.tar')}`],
    '/quality/threads': ['/quality/threads'],
    '/quality/turns': ['/quality/turns'],
  };
};

/** Returns the pages of the built app, as Next lists them. */
async function builtPages(): Promise<string[]> {
  const manifest = z
    .record(z.string(), z.string())
    .parse(
      JSON.parse(await readFile(path.join(import.meta.dirname, '../.next/app-path-routes-manifest.json'), 'utf8')),
    );
  return [
    ...new Set(
      Object.entries(manifest)
        .filter(([file, route]) => file.endsWith('/page') && !/^\/(?:_|\(\.\)|\[\.\.\.)/.test(route))
        .map(([, route]) => route),
    ),
  ].sort();
}

test('no page is large, however long the lists and names of the logs are', async ({ dendro }, testInfo) => {
  await importAll(dendro, testInfo);
  const asked = await pages(dendro);
  expect(Object.keys(asked).sort(), 'every page is asked for').toEqual(await builtPages());
  const sizes: Record<string, number> = {};
  for (const address of Object.values(asked).flat()) {
    const { status, body } = await send(dendro.port, { target: address });
    expect(status, address).toBe(200);
    sizes[address] = Buffer.byteLength(body);
  }
  expect(
    Object.entries(sizes).filter(
      ([address, bytes]) => bytes > (address.includes('/turns/') ? largestTurnPage : largestPage),
    ),
    JSON.stringify(sizes, null, 1),
  ).toEqual([]);
});

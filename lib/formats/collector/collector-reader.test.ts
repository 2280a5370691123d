import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEvent } from '../../events/read-event.ts';
import { CollectorClock } from './collector-clock.ts';
import { beginsCollectorRecord, CollectorReader, type CollectorRecord } from './collector-reader.ts';

const limits = { lineBytes: 1 << 20, nesting: 100 };
function read(log: string, within = limits): CollectorRecord[] {
  const reader = new CollectorReader(within);
  return [...log.split('\n').flatMap((text, index) => [...reader.push(index + 1, text)]), ...reader.end()];
}
const sample = (name: string): Promise<string> =>
  readFile(path.join(import.meta.dirname, '../../testing/logs/collector', name), 'utf8');
const brief = (log: string, within = limits) =>
  read(log, within).map((record) => [record.line, record.kind === 'broken' ? record.code : record.value.event_type]);
const values = (records: readonly CollectorRecord[]): unknown[] =>
  records.map((record) => (record.kind === 'event' ? { value: record.value, receivedAt: record.receivedAt } : record));

function offsetOf(records: readonly CollectorRecord[]): number | null {
  const clock = new CollectorClock();
  for (const record of records) {
    const result = record.kind === 'event' ? readEvent(record.value) : null;
    const own = result?.ok ? (result.event.endedAt ?? result.event.time) : null;
    if (record.kind === 'event' && record.receivedAt !== null && own !== null) clock.observe(record.receivedAt, own);
  }
  return clock.offset;
}

test('the oldest form gives the events that the client sent', async () => {
  const records = read(await sample('collector-kv.log'));
  assert.deepEqual(
    records.map(({ kind, line }) => [kind, line]),
    [1, 2, 3, 4].map((line) => ['event', line]),
  );
  assert.deepEqual(values(records)[0], {
    receivedAt: Date.UTC(2026, 2, 29, 16, 39, 37),
    value: {
      event_type: 'codex_thread_initialized',
      event_params: {
        thread_id: '019d3bf7-9f5f-7f82-9877-6d48d1052531',
        product_surface: 'codex',
        app_server_client: {
          product_client_id: 'CODEX_CLI',
          client_name: 'codex-tui',
          client_version: '0.0.0',
          rpc_transport: 'in_process',
          experimental_api_enabled: true,
        },
        runtime: {
          codex_rs_version: '0.0.0',
          runtime_os: 'macos',
          runtime_os_version: '26.4.0',
          runtime_arch: 'aarch64',
        },
        model: 'gpt-5.3-codex',
        ephemeral: false,
        thread_source: 'user',
        initialization_mode: 'new',
        subagent_source: null,
        parent_thread_id: null,
        created_at: 1774827577,
      },
    },
  });
  assert.equal(offsetOf(records), -7 * 3_600_000);
});

test('the later form gives four compactions and two threads', async () => {
  const records = read(await sample('collector-dict.log'));
  assert.deepEqual(
    records.map((record) => record.kind === 'event' && record.value.event_type),
    [...new Array(4).fill('codex_compaction_event'), ...new Array(2).fill('codex_thread_initialized')],
  );
  assert.deepEqual(values(records)[0], {
    receivedAt: Date.UTC(2026, 3, 9, 17, 35, 50),
    value: {
      event_type: 'codex_compaction_event',
      event_params: {
        thread_id: '019d74d0-5cfb-70c0-bef9-165c3bf9b2df',
        turn_id: '019d74d0-d7f6-7c81-acc6-aae2030243d6',
        product_surface: 'codex',
        app_server_client: {
          product_client_id: 'CODEX_CLI',
          client_name: 'codex-tui',
          client_version: '0.0.0',
          rpc_transport: 'in_process',
          experimental_api_enabled: true,
        },
        runtime: {
          codex_rs_version: '0.0.0',
          runtime_os: 'macos',
          runtime_os_version: '26.4.0',
          runtime_arch: 'aarch64',
        },
        trigger: 'manual',
        reason: 'user_requested',
        implementation: 'responses',
        phase: 'standalone_turn',
        strategy: 'memento',
        status: 'completed',
        active_context_tokens_before: 20170,
        active_context_tokens_after: 4830,
        started_at: 1775781337,
        completed_at: 1775781350,
        thread_source: 'user',
        subagent_source: null,
        parent_thread_id: null,
        error: null,
        duration_ms: 13524,
      },
    },
  });
  assert.ok(
    records.every(
      (record) => record.kind === 'event' && readEvent(record.value).ok && JSON.stringify(record.value) === record.text,
    ),
  );
  assert.equal(offsetOf(records), -7 * 3_600_000);
});

test('records that are broken over lines give the same events', async () => {
  const records = read(await sample('collector-dict-wrapped.log'));
  assert.deepEqual(values(records), values(read(await sample('collector-dict.log'))));
  assert.deepEqual(
    records.map(({ line }) => line),
    [1, 17, 33, 49, 65, 77],
  );
});

const head =
  'INFO | 2026-04-09 17:35:50 | codex_backend.routers.analytics_events | analytics_events.track_analytics_events:526 |';
const literal = (text: string): string => `${head} Tracked new_event event params={'text': '${text}'} | `;

test('a record may be broken at any spaces, which then stand for themselves or are left at the end of the line', () => {
  const words = fc.array(fc.stringMatching(/^[!-&(-[\]-~]{1,6}$/), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      words,
      fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
      fc.boolean(),
      (parts, breaks, isKept) => {
        for (const whole of [
          literal(parts.join(' ')),
          `${head} Tracked analytics event new_event text=${parts.join(' ').replaceAll(/[=|]/g, '-')} | `,
        ]) {
          let space = 0;
          const broken = whole
            .slice(0, -1)
            .replaceAll(' ', (match) => (space++ > 0 && breaks[space] ? (isKept ? ' \n' : '\n') : match));
          assert.deepEqual(values(read(broken)), values(read(whole)));
          assert.equal(read(whole)[0]?.kind, 'event');
        }
      },
    ),
  );
});

test('a block that is indented as a whole is read like one that is not', async () => {
  const wrapped = await sample('collector-dict-wrapped.log');
  assert.deepEqual(values(read(wrapped.replaceAll(/^(?=.)/gm, '    '))), values(read(wrapped)));
});

test('a record that is cut off does no harm to the next one', () => {
  const cut = literal('some text that goes on').slice(0, -20);
  assert.deepEqual(brief(`${cut}\n${literal('a')}\n${cut}`), [
    [1, 'truncated_record'],
    [2, 'new_event'],
    [3, 'truncated_record'],
  ]);
  assert.deepEqual(brief(`${head} Tracked analytics event new_event a=1 b=2`), [[1, 'truncated_record']]);
  assert.deepEqual(brief(`${head} Tracked`), [[1, 'truncated_record']]);
});

test('other messages of the same log are named once with all their lines', () => {
  const [other, ...rest] = read(
    `${head} Failed to connect\nTraceback (most recent call last):\n\n  File "x.py", line 1\n${literal('a')}\nstray\n{"stray": 2}\n${head}`,
  );
  assert.deepEqual(
    [other?.line, other?.kind === 'broken' && [other.code, /Lines 1 to 4 /.test(other.message)]],
    [1, ['not_an_event', true]],
  );
  assert.deepEqual(
    rest.map((record) => [record.line, record.kind === 'broken' ? record.code : 'event']),
    [
      [5, 'event'],
      [6, 'not_an_event'],
      [8, 'not_an_event'],
    ],
  );
  assert.deepEqual(
    brief(`INFO | 2026-04-09 17:35:50 | three fields\n${'word '.repeat(300)}\n${'word '.repeat(300)}\n${literal('a')}`),
    [
      [1, 'not_an_event'],
      [4, 'new_event'],
    ],
  );
});

test('what is no literal, no pairs, too deep or too long is refused with its own code', () => {
  assert.deepEqual(brief(`${head} Tracked new_event event params=<Params> |`), [[1, 'invalid_literal']]);
  assert.deepEqual(brief(`${head} Tracked new_event event params={} and more`), [[1, 'invalid_literal']]);
  assert.deepEqual(brief(`${head} Tracked analytics event new_event something |`), [[1, 'invalid_pairs']]);
  assert.deepEqual(brief(`${head} Tracked new_event event params=${'['.repeat(101)}`), [[1, 'nested_too_deep']]);
  assert.deepEqual(
    brief(`${head} Tracked new_event event params=['${'\na'.repeat(1000)}\n${literal('a')}`, {
      lineBytes: 1000,
      nesting: 9,
    }),
    [
      [1, 'record_too_long'],
      [1002, 'new_event'],
    ],
  );
});

test('the end of a record may stand on a line of its own, and a clock that names no moment is none', () => {
  assert.deepEqual(brief(`${literal('a').slice(0, -3)}\n|\n${literal('b')}`), [
    [1, 'new_event'],
    [3, 'new_event'],
  ]);
  assert.deepEqual(
    read(literal('a').replace('17:35:50', '17:35:50.25')).map((record) => record.kind === 'event' && record.receivedAt),
    [Date.UTC(2026, 3, 9, 17, 35, 50, 250)],
  );
  assert.deepEqual(
    read(literal('a').replace('2026-04', '2026-13')).map((record) => record.kind === 'event' && record.receivedAt),
    [null],
  );
});

test('lines of other logs do not look like records', () => {
  for (const line of ['', '{"events":[]}', '[1]', 'INFO starting', 'INFO', 'Lorem | ipsum', 'NAME | VALUE', 'A |'])
    assert.equal(beginsCollectorRecord(line), false, line);
  for (const line of [head, 'INFO |', 'INFO     | 2026-03-29', '  WARNING | 2026-03-29 16:39:37 | x'])
    assert.equal(beginsCollectorRecord(line), true, line);
});

test('whatever the lines are, each that is not blank belongs to a record', () => {
  const line = fc.oneof(
    fc.constantFrom(
      head,
      'INFO |',
      literal('a'),
      literal('\\x'),
      literal('a').slice(0, 180),
      "'} | ",
      '|',
      '',
      'text',
      `${head} Tracked`,
      `${head} Tracked analytics event a`,
      'b=1 |',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const records = read(lines.join('\n').replaceAll('\r', ''));
      const first =
        lines
          .join('\n')
          .split('\n')
          .findIndex((text) => text.trim() !== '' && text.trim() !== '\r') + 1;
      assert.equal(records[0]?.line, first === 0 ? undefined : first);
      assert.ok(records.every((record, index) => index === 0 || record.line > (records[index - 1]?.line ?? 0)));
    }),
  );
});

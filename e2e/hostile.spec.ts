import type { Page } from '@playwright/test';
import { readEvents, readImports } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { chooseFiles, importLog } from './support/import.ts';
import { cardOf, openImports } from './support/import-page.ts';
import { eventLine, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';

// Text that would run if anything let it: as markup, as the end of a script, as an address and as a key of every
// object.
const image = '<img src=x onerror="document.body.id=\'broken\'">';
const script = '</script><script>document.body.id="broken"</script>';
const address = 'javascript:document.body.id="broken"';
const texts = [
  image,
  script,
  address,
  '__proto__',
  'constructor',
  '{{7*7}}',
  '\u202Eright to left',
  '%3Cb%3E',
  '../../..',
  '.',
  '..',
  'a?b#c&d=e',
];

const client = (text: string) => ({ product_client_id: text, client_name: text, client_version: text });
const runtime = (text: string) => ({ codex_rs_version: text, runtime_os: text });
const lines = texts.flatMap((text, index) => {
  const place = {
    thread_id: text,
    turn_id: text,
    model: text,
    thread_source: 'user',
    app_server_client: client(text),
    runtime: runtime(text),
  };
  const child = {
    ...place,
    thread_id: `${text} child`,
    parent_thread_id: text,
    thread_source: text,
    subagent_source: text,
  };
  return [
    eventLine('codex_thread_initialized', { ...place, created_at: 1_795_348_971 + index }),
    eventLine('codex_thread_initialized', { ...child, created_at: 1_795_348_972 + index }),
    eventLine('codex_turn_event', {
      ...place,
      status: 'failed',
      turn_error: text,
      codex_error_kind: text,
      total_tokens: 5,
      started_at: 1_795_348_973,
    }),
    eventLine('codex_compaction_event', {
      ...place,
      trigger: text,
      reason: text,
      phase: text,
      implementation: text,
      strategy: text,
      status: text,
      codex_error_kind: text,
      started_at: 1_795_348_973,
    }),
    eventLine('codex_hook_run', {
      thread_id: text,
      turn_id: text,
      model_slug: text,
      hook_name: text,
      hook_source: text,
      handler_type: text,
      execution_mode: text,
      status: text,
    }),
    eventLine('codex_guardian_review', {
      ...place,
      review_id: text,
      target_item_id: text,
      approval_request_source: text,
      reviewed_action: { type: text },
      decision: text,
      terminal_status: text,
      failure_reason: text,
      risk_level: text,
      user_authorization: text,
      outcome: text,
      guardian_thread_id: `${text} guardian`,
      guardian_session_kind: text,
      guardian_model: text,
      started_at: 1_795_348_974,
    }),
    eventLine('codex_mcp_tool_call_event', {
      ...place,
      item_id: text,
      tool_name: text,
      terminal_status: text,
      failure_kind: text,
      final_approval_outcome: text,
      mcp_server_name: text,
      mcp_tool_name: text,
      started_at_ms: 1_795_348_974_000,
    }),
    eventLine(text, { thread_id: text }),
    `${text} is no event`,
  ];
});
lines.push(
  eventLine('codex_turn_event', {
    thread_id: '50% done',
    turn_id: '100%',
    status: 'completed',
    started_at: 1_795_348_973,
  }),
);
const name = `${image.replace(/[/"]/g, '')}.jsonl`;

test.beforeAll(async ({ dendro }, testInfo) => {
  await importLog(dendro, await writeLog(testInfo, 'hostile.jsonl', lines));
});

async function expectOnlyText(page: Page, shown: readonly string[]): Promise<void> {
  await expectSettled(page);
  for (const text of shown) await expect(page.getByRole('main')).toContainText(text);
  await expect(page.locator('#broken, img, [onerror], [href^="javascript:"]')).toHaveCount(0);
}

test('names from a log are only text, on every page', async ({ page, dendro }) => {
  const [first] = await readImports(dendro);
  const id = first?.id ?? '';
  const breakdowns = [
    '/compactions?by=trigger,phase,reason,model',
    '/hooks?by=hookName,hookSource,handlerType,executionMode,model',
    '/guardian?by=riskLevel,decision,failureReason,actionType,guardianModel',
  ];
  for (const path of [...breakdowns, `/imports/${id}`]) {
    await page.goto(path);
    await expectOnlyText(page, [image, script, address]);
  }
  for (const path of ['/', '/threads', '/events', '/imports']) {
    await page.goto(path);
    await expectOnlyText(page, []);
  }
  await page.goto('/compactions?by=trigger,phase,reason,model');
  await expect(page.getByRole('table', { name: 'Compactions by group' }).getByRole('row')).toHaveCount(
    texts.length + 1,
  );
});

test('every thread and event has a page, whatever its id', async ({ page, dendro }) => {
  for (const text of [image, address, '__proto__', '../../..', 'a?b#c&d=e']) {
    await page.goto(`/threads/${encodeURIComponent(text)}`);
    await expectOnlyText(page, [text]);
    const { events } = await readEvents(dendro, { threadId: text });
    await page.goto(`/events/${events.at(-1)?.id ?? ''}`);
    await expectOnlyText(page, [JSON.stringify(text)]);
  }
});

test('a thread whose id looks like an escape is found, and its page bears its name', async ({ page }) => {
  for (const [path, title] of [
    [`/threads/${encodeURIComponent('%3Cb%3E')}`, 'Thread %3Cb%3E'],
    [`/threads/${encodeURIComponent('50% done')}`, 'Thread 50% done'],
    [`/threads/${encodeURIComponent('50% done')}/turns/${encodeURIComponent('100%')}`, 'Turn 1 of 50% done'],
  ] as const) {
    await page.goto(path);
    await expectOnlyText(page, []);
    await expect(page).toHaveTitle(`${title} · Dendro`);
  }
});

test('an address that cannot be decoded is refused in a sentence', async ({ page }) => {
  for (const path of [
    '/threads/%E0%A4%A',
    '/threads/%3Cb%3E/turns/%',
    '/%ff',
    '/threads/x%?sort=tokens',
    '/threads?model=%zz',
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(400);
    await expect(page.locator('body'), path).toContainText('write a percent sign as %25');
  }
});

test('threads and turns that are called by a dot or two have pages, and links lead there', async ({ page }) => {
  for (const id of ['.', '..']) {
    await page.goto(`/events?threadId=${id}`);
    await page.getByRole('main').getByRole('link', { name: id, exact: true }).first().click();
    await expect(page).toHaveTitle(`Thread ${id} · Dendro`);
    await page.getByRole('link', { name: 'Open turn 1' }).click();
    await expect(page).toHaveTitle(`Turn 1 of ${id} · Dendro`);
    await expectOnlyText(page, []);
  }
});

test('a filter takes them as they are', async ({ page }) => {
  await page.goto(`/threads?${new URLSearchParams({ model: script, client: script })}`);
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(script);
  await expect(page.getByRole('treegrid').getByRole('row', { level: 1 })).toHaveCount(1);
  await expectOnlyText(page, []);
});

test('so are the names of files and what was rejected', async ({ page }, testInfo) => {
  await page.goto('/');
  await openImports(page);
  await chooseFiles(page, await writeLog(testInfo, name, [...lines, `${script} again`]));
  const card = cardOf(page, name);
  await expect(card).toContainText('Imported');
  await card.getByText(/rejected lines$/).click();
  await expect(card.getByRole('listitem').last()).toContainText(`${script} again`);
  await expect(page.locator('#broken, img, [onerror]')).toHaveCount(0);
  await page.goto('/imports');
  await expectOnlyText(page, [name]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundIn } from './found-in.ts';

const thread = {
  threadId: '01a20323-912d-7e41-8c68-21007580024f',
  title: 'Look at part 1',
  agentNickname: 'Kant',
  agentRole: null,
  model: 'gpt-5.5',
  cwd: '/home/dev/shop',
  agentPath: '/agents/kant',
  gitRepository: null,
  gitBranch: 'main',
};

test('what the name of a thread does not show is said', () => {
  for (const text of ['look AT', 'kant', '01a20323', '01A20323…024F', '024f'])
    assert.equal(foundIn(thread, text), null, text);
  assert.deepEqual(foundIn(thread, '01a20323-912d'), { place: 'id', value: thread.threadId });
  assert.deepEqual(foundIn(thread, 'GPT'), { place: 'model', value: 'gpt-5.5' });
  assert.deepEqual(foundIn(thread, 'shop'), { place: 'path', value: '/home/dev/shop' });
  assert.deepEqual(foundIn(thread, 'main'), { place: 'git workspace', value: 'main' });
  assert.deepEqual(foundIn(thread, 'contextWindowExceeded'), { place: 'errors', value: null });
});

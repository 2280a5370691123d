import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { test } from 'node:test';
import { SpoolWriter } from '../store/spool.ts';
import { EventTextWriter } from './event-texts.ts';

const fullDevice = '/dev/full';
const skip = existsSync(fullDevice) ? false : 'this system has no device that is always full';

for (const [what, open] of [
  [
    'a spool file',
    () => {
      const writer = new SpoolWriter(fullDevice, ['field']);
      writer.add(0, { field: 'text' });
      return writer;
    },
  ],
  [
    'a file of texts',
    () => {
      const writer = new EventTextWriter(fullDevice, 0);
      writer.add('{}');
      return writer;
    },
  ],
] as const) {
  test(`${what} on a full disk says so, and is closed once`, { skip }, () => {
    const writer = open();
    assert.throws(() => writer.end(), { code: 'ENOSPC' });
    // It gets the number of the file that was closed.
    const other = openSync(devNull, 'r');
    writer.destroy();
    closeSync(other);
  });
}

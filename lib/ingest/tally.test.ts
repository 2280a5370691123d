import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvent } from '../events/read-event.ts';
import { Tally } from './tally.ts';

test('of a log with ever new fields, those beyond some thousands are counted as one', () => {
  const result = readEvent({ event_type: 'codex_hook_run', event_params: { status: 'completed' } });
  assert.ok(result.ok);
  const tally = new Tally();
  for (let field = 0; field < 6000; field++) {
    tally.add({
      event: result.event,
      when: { time: null, source: 'order' },
      format: 'bare',
      repaired: false,
      strange: [
        { what: 'field', field: `field-${field}` },
        { what: 'field', field: 'field-0' },
      ],
    });
  }
  const [first] = tally.unknowns;
  const last = tally.unknowns.at(-1);
  assert.equal(tally.unknowns.length, 5001);
  assert.deepEqual([first?.field, first?.occurrences], ['field-0', 6001]);
  assert.deepEqual(
    [last?.type, last?.field, last?.occurrences, last?.firstEvent, last?.lastEvent],
    ['…', null, 1000, 5000, 5999],
  );
});

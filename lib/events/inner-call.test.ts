import assert from 'node:assert/strict';
import test from 'node:test';
import { isInnerCall } from './inner-call.ts';

const innerId = 'exec-dc3c47af-2c73-4ae2-ad4e-f882f9d5c746';

test('what an event says of itself counts first', () => {
  assert.ok(isInnerCall({ item_id: 'call_1', tool_event_type: 'inner_tool_call' }));
  assert.ok(!isInnerCall({ item_id: innerId, tool_event_type: 'model_tool_call', parent_call_id: 'call_1' }));
});

test('without that, and with a type that nobody knows, it is told by its id or its parent', () => {
  for (const type of [undefined, null, 'another_tool_call']) {
    assert.ok(isInnerCall({ item_id: innerId, tool_event_type: type }));
    assert.ok(isInnerCall({ item_id: 'call_2', tool_event_type: type, tool_name: 'lookup', parent_call_id: 'call_1' }));
    assert.ok(
      !isInnerCall({ item_id: 'call_2', tool_event_type: type, tool_name: 'wait', parent_call_id: 'call_1' }),
      'a wait is of the model',
    );
    assert.ok(!isInnerCall({ item_id: 'exec-once', tool_event_type: type }));
  }
});

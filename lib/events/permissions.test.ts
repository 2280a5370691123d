import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionsOf } from './permissions.ts';

const managed = (network: 'open' | 'restricted' | null) => ({ enforcedBy: 'managed', network });

test('tagged profiles', () => {
  assert.deepEqual(
    permissionsOf({
      permission_profile: { type: 'managed', file_system: { type: 'restricted', entries: [] }, network: 'restricted' },
    }),
    managed('restricted'),
  );
  assert.deepEqual(permissionsOf({ permission_profile: { type: 'managed', network: 'enabled' } }), managed('open'));
  assert.deepEqual(
    permissionsOf({ permission_profile: { type: 'managed', network: 'by_appointment' } }),
    managed(null),
  );
  assert.deepEqual(permissionsOf({ permission_profile: { type: 'disabled' } }), {
    enforcedBy: 'disabled',
    network: 'open',
  });
  assert.deepEqual(permissionsOf({ permission_profile: { type: 'external', network: 'restricted' } }), {
    enforcedBy: 'external',
    network: 'restricted',
  });
});

test('profiles without a tag are managed, and their network is closed unless it is enabled', () => {
  assert.deepEqual(
    permissionsOf({ permission_profile: { network: { enabled: true }, file_system: { entries: [] } } }),
    managed('open'),
  );
  assert.deepEqual(permissionsOf({ permission_profile: { network: null, file_system: null } }), managed('restricted'));
});

test('sandbox policies of before', () => {
  assert.deepEqual(permissionsOf({ sandbox_policy: { type: 'read-only' } }), managed('restricted'));
  assert.deepEqual(
    permissionsOf({ sandbox_policy: { type: 'workspace-write', network_access: true } }),
    managed('open'),
  );
  assert.deepEqual(
    permissionsOf({ sandbox_policy: { mode: 'workspace-write', network_access: false } }),
    managed('restricted'),
  );
  assert.deepEqual(permissionsOf({ sandbox_policy: 'danger-full-access' }), {
    enforcedBy: 'disabled',
    network: 'open',
  });
  assert.deepEqual(permissionsOf({ sandbox_policy: { type: 'external-sandbox', network_access: 'enabled' } }), {
    enforcedBy: 'external',
    network: 'open',
  });
});

test('a profile that cannot be read leaves the policy to speak, and neither is not said', () => {
  assert.deepEqual(
    permissionsOf({ permission_profile: { type: 'future' }, sandbox_policy: { type: 'read-only' } }),
    managed('restricted'),
  );
  for (const context of [{}, null, 5, { permission_profile: null, sandbox_policy: { type: 'future' } }])
    assert.equal(permissionsOf(context), null);
});

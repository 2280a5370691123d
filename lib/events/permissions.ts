import { isObject } from './json-object.ts';

/**
 * Who enforces a turn's permissions (Codex's own sandbox, nobody, or something around Codex), and if the network is
 * open.
 */
export interface Permissions {
  readonly enforcedBy: 'managed' | 'disabled' | 'external';
  readonly network: 'open' | 'restricted' | null;
}

/** `"enabled"`, `true` and `{enabled: true}` are all in use. */
function networkOf(value: unknown): Permissions['network'] {
  if (isObject(value)) return networkOf(value.enabled);
  if (value === 'enabled' || value === true) return 'open';
  return value === 'restricted' || value === false ? 'restricted' : null;
}

/**
 * A profile is a union tagged by `type`. Until about 0.124 it is `{network, file_system}` without a tag: Codex reads
 * that as a managed one and closes its network unless it is enabled.
 */
function profilePermissions(profile: unknown): Permissions | null {
  if (!isObject(profile)) return null;
  switch (profile.type) {
    case 'managed':
    case 'external':
      return { enforcedBy: profile.type, network: networkOf(profile.network) };
    case 'disabled':
      return { enforcedBy: 'disabled', network: 'open' };
    case undefined:
      return 'network' in profile || 'file_system' in profile
        ? { enforcedBy: 'managed', network: networkOf(profile.network) ?? 'restricted' }
        : null;
    default:
      return null;
  }
}

/**
 * Sandbox policies are tagged by `type`, the oldest by `mode`; a plain name has no settings. A network that is not
 * named is closed.
 */
function policyPermissions(policy: unknown): Permissions | null {
  const settings = isObject(policy) ? policy : {};
  const name = typeof policy === 'string' ? policy : (settings.type ?? settings.mode);
  const network = networkOf(settings.network_access) ?? 'restricted';
  switch (name) {
    case 'read-only':
    case 'workspace-write':
      return { enforcedBy: 'managed', network };
    case 'danger-full-access':
      return { enforcedBy: 'disabled', network: 'open' };
    case 'external-sandbox':
      return { enforcedBy: 'external', network };
    default:
      return null;
  }
}

/**
 * Reads the permissions of a rollout's `turn_context` payload (`schema.md` §8): from its `permission_profile` if that
 * can be read, else from its `sandbox_policy`. Null when it has neither.
 */
export function permissionsOf(turnContext: unknown): Permissions | null {
  if (!isObject(turnContext)) return null;
  return profilePermissions(turnContext.permission_profile) ?? policyPermissions(turnContext.sandbox_policy);
}

const enforcerOfPolicy = new Map<string, Permissions['enforcedBy']>([
  ['read_only', 'managed'],
  ['workspace_write', 'managed'],
  ['full_access', 'disabled'],
  ['external_sandbox', 'external'],
]);

/**
 * Reads the permissions of a `codex_turn_event` (`schema.md` §4.2), which names the policy and states if the network is
 * open.
 */
export function permissionsOfTurnEvent({
  sandbox_policy,
  sandbox_network_access,
}: {
  readonly sandbox_policy?: string | null | undefined;
  readonly sandbox_network_access?: boolean | null | undefined;
}): Permissions | null {
  const enforcedBy = enforcerOfPolicy.get(sandbox_policy ?? '');
  if (enforcedBy === undefined) return null;
  const network = sandbox_network_access ?? (enforcedBy === 'disabled' ? true : null);
  return { enforcedBy, network: network === null ? null : network ? 'open' : 'restricted' };
}

import type { Permissions } from '@/lib/queries/shapes.ts';

const enforcers = {
  managed: 'enforced by the Codex sandbox',
  disabled: 'not enforced, full access',
  external: 'enforced by a sandbox around Codex',
} as const satisfies Record<Permissions['enforcedBy'], string>;
const networks = { open: 'network open', restricted: 'network restricted' } as const;

/**
 * Shows who enforces the permissions of a turn, in Codex's own word and in plain words, and whether the network is
 * open.
 */
export function PermissionsWords({ permissions: { enforcedBy, network } }: { readonly permissions: Permissions }) {
  return (
    <>
      {enforcedBy}: {enforcers[enforcedBy]}
      {network === null ? '' : `; ${networks[network]}`}
    </>
  );
}

import type { Permissions } from '@/lib/queries/shapes.ts';

const enforcers = {
  managed: 'Codex’s sandbox enforces them',
  disabled: 'nobody enforces them, access is full',
  external: 'a sandbox around Codex enforces them',
} as const satisfies Record<Permissions['enforcedBy'], string>;
const networks = { open: 'the network is open', restricted: 'the network is restricted' } as const;

/**
 * Who enforces the permissions of a turn, by Codex's own word for it and in plain ones, and whether the network is
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

import { formatInteger } from '@/components/formats';
import { Identifier } from '@/components/ui/identifier';
import type { Workspace } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** A log may name any number; the turn's events have them all. */
const mostShown = 20;

/** Shows the git workspaces at the start of a turn. */
export function WorkspaceList({ workspaces }: { readonly workspaces: readonly Workspace[] }) {
  return (
    <ul className={classes.workspaces}>
      {workspaces.slice(0, mostShown).map((workspace) => (
        <li key={JSON.stringify(workspace)}>
          <OneWorkspace {...workspace} />
        </li>
      ))}
      {workspaces.length > mostShown ? <li>and {formatInteger(workspaces.length - mostShown)} more</li> : null}
    </ul>
  );
}

function OneWorkspace({ path, remote, commit, hasChanges }: Workspace) {
  return (
    <>
      {path === null ? null : <code>{path}</code>}
      {commit === null ? null : (
        <>
          {' '}
          at <Identifier id={commit} />
        </>
      )}
      {hasChanges === null ? null : hasChanges ? ', uncommitted changes' : ', no uncommitted changes'}
      {remote === null ? null : <small>{remote}</small>}
    </>
  );
}

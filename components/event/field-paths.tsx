import { Fragment } from 'react';

/** Fields of an event, by their paths. */
export function FieldPaths({ paths }: { readonly paths: readonly string[] }) {
  return paths.map((path, index) => (
    <Fragment key={path}>
      {index === 0 ? null : ', '}
      <code>{path}</code>
    </Fragment>
  ));
}

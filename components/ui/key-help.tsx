'use client';

import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Fragment } from 'react';
import classes from './key-help.module.css';

/** The keys of one part of a page, each with its action. */
export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [names: readonly string[], meaning: string])[];
}

/** Shows all keys of a page, on `?`. */
export function KeyHelp({
  open,
  onClose,
  groups,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly groups: readonly KeyGroup[];
}) {
  // Mantine returns the focus on closing only if it has seen the window closed before.
  const mounted = useMounted();
  return (
    <Modal
      opened={mounted && open}
      onClose={onClose}
      title="Keys"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes.title ?? '' }}
    >
      {groups.map(({ title, keys }) => (
        <Fragment key={title}>
          <h3 className={classes.group}>{title}</h3>
          <dl className={classes.list}>
            {keys.map(([names, meaning]) => (
              <div key={meaning}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </Fragment>
      ))}
    </Modal>
  );
}

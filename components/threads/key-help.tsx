'use client';

import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Fragment } from 'react';
import classes from './tree-bar.module.css';

const groups = [
  ['In the tree', [
    [['↑', '↓'], 'the row above, the row below'], [['→'], 'unfold; unfolded, the first row below'], [['←'], 'fold; folded, the row that it stands below'], [['Enter'], 'open the thread'],
    [['Home', 'End'], 'the first row, the last row'], [['Page Up', 'Page Down'], 'a screen up, a screen down'], [['*'], 'unfold the row and all beside it'], [['0', '…', '9'], 'unfold to this depth; 0 folds all'],
    [['n', 'p'], 'what is found next, before'],
  ]],
  ['In the search', [[['Enter', 'Shift+Enter'], 'what is found next, before'], [['↓'], 'to the rows'], [['Esc'], 'search for nothing; then to the rows']]],
  ['Anywhere on this page', [[['/'], 'search'], [['?'], 'show these keys']]],
] as const;

/** All keys of the page. */
export function KeyHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  // Mantine gives the focus back on closing only if it has seen the window closed before.
  const mounted = useMounted();
  return (
    <Modal opened={mounted && open} onClose={onClose} title="Keys" centered closeButtonProps={{ 'aria-label': 'Close' }} classNames={{ title: classes.keysTitle ?? '' }}>
      {groups.map(([title, keys]) => (
        <Fragment key={title}>
          <h3 className={classes.keysGroup}>{title}</h3>
          <dl className={classes.keyList}>
            {keys.map(([names, meaning]) => <div key={meaning}><dt>{names.map((name) => <kbd key={name}>{name}</kbd>)}</dt><dd>{meaning}</dd></div>)}
          </dl>
        </Fragment>
      ))}
    </Modal>
  );
}

'use client';

import { Button } from '@/components/ui/button';
import { BatchCard } from './batch-card';
import { ImportCard } from './import-card';
import { isActive } from './items';
import { importQueue } from './queue';
import { SampleButton } from './sample-button';
import { useImports } from './use-imports';
import classes from './import.module.css';

/** Shows the dropped or chosen items in their order; the sample when there are none yet. */
export function ImportList({ onFollow }: { readonly onFollow: () => void }) {
  const items = useImports();
  if (items.length === 0)
    return (
      <p className={classes.hint}>
        No logs yet? <SampleButton />
      </p>
    );
  return (
    <>
      <ul className={classes.jobs}>
        {items.map((item) => (
          <li key={item.key}>
            {item.form === 'file' ? (
              <ImportCard file={item} onFollow={onFollow} />
            ) : (
              <BatchCard batch={item} onFollow={onFollow} />
            )}
          </li>
        ))}
      </ul>
      {items.some(({ state }) => !isActive(state)) ? (
        <Button onClick={() => importQueue.clearFinished()}>Clear finished</Button>
      ) : null}
    </>
  );
}

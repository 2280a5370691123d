'use client';

import { Button } from '@/components/ui/button';
import { BatchCard } from './batch-card';
import { ImportCard } from './import-card';
import { isActive } from './items';
import { importQueue } from './queue';
import { SampleButton } from './sample-button';
import { useImports } from './use-imports';
import classes from './import.module.css';

/** What was dropped or chosen, in its order; the sample where there is nothing yet. */
export function ImportList({ onFollow }: { readonly onFollow: () => void }) {
  const items = useImports();
  if (items.length === 0)
    return (
      <p className={classes.hint}>
        No log at hand? <SampleButton />
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
        <Button onClick={() => importQueue.clearFinished()}>Clear the finished ones</Button>
      ) : null}
    </>
  );
}

'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { openImports } from './open';
import { importSample } from './sample';

/** Imports the sample log, as if it had been dropped. */
export function SampleButton() {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const load = async (): Promise<void> => {
    setState('loading');
    openImports();
    setState((await importSample()) ? 'idle' : 'failed');
  };
  return (
    <>
      <Button
        disabled={state === 'loading'}
        onClick={() => {
          void load();
        }}
      >
        Load sample log
      </Button>
      <span role="status">
        {state === 'failed' ? ' Could not load the sample log. Check that Dendro is running.' : ''}
      </span>
    </>
  );
}

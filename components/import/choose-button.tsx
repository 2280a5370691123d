'use client';

import { Button } from '@/components/ui/button';
import { openImports } from './open';

/** Opens the drawer where files are chosen. */
export function ChooseButton() {
  return (
    <Button look="primary" aria-haspopup="dialog" onClick={openImports}>
      Choose files…
    </Button>
  );
}

import type { Metadata } from 'next';
import { NotThere } from '@/components/ui/not-there';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <NotThere
      title="Not found"
      what="There is nothing at this address."
      why="A thread, an event or an import may have gone with an import that was deleted."
    />
  );
}

import type { Metadata } from 'next';
import { NotThere } from '@/components/ui/not-there';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return <NotThere title="Not found" what="Page not found." why="It may belong to an import that was deleted." />;
}

import { NotThere } from '@/components/ui/not-there';

export default function ThreadNotFound() {
  return (
    <NotThere
      title="No such thread"
      what="No log that is in Dendro names a thread by this id."
      why="The log that named it may not have been imported, or may have been deleted."
    />
  );
}

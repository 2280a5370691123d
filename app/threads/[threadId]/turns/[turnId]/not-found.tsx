import { NotThere } from '@/components/ui/not-there';

export default function TurnNotFound() {
  return (
    <NotThere
      title="No such turn"
      what="No log that is in Dendro names a turn by this id in this thread."
      why="The log that named it may not have been imported, or may have been deleted."
    />
  );
}

import { NotThere } from '@/components/ui/not-there';

export default function TurnNotFound() {
  return (
    <NotThere
      title="Turn not found"
      what="No imported log has a turn with this id in this thread."
      why="Its log may not be imported, or may have been deleted."
    />
  );
}

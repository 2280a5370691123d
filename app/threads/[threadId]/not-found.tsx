import { NotThere } from '@/components/ui/not-there';

export default function ThreadNotFound() {
  return (
    <NotThere
      title="Thread not found"
      what="No imported log has a thread with this id."
      why="Its log may not be imported, or may have been deleted."
    />
  );
}

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

interface NotReadProps {
  readonly title: string;
  /** The reason; null when nothing failed. */
  readonly failure: string | null;
  readonly again: () => void;
}

/** Says that something could not be read, and lets the user try again. */
export function NotRead({ title, failure, again }: NotReadProps) {
  return failure === null ? null : (
    <Notice kind="error" title={title}>
      <p>{failure}</p>
      <p>
        <Button onClick={again}>Try again</Button>
      </p>
    </Notice>
  );
}

import { address } from '@/components/links';
import { Chip, Chips } from '@/components/ui/chip';
import type { UrlParameters } from '@/lib/parameters.ts';

interface ChosenProps {
  readonly label: string;
  readonly path: string;
  readonly kept: UrlParameters;
  readonly chosen: UrlParameters;
  readonly parts: readonly (ChosenPart | null)[];
}
/** A part of a selection: its parameter and its text. */
export interface ChosenPart {
  readonly name: string;
  readonly noun: string;
  readonly text: string;
}

/** Shows the selection that narrows a list; each part can be removed. */
export function Chosen({ label, path, kept, chosen, parts }: ChosenProps) {
  const present = parts.filter((part) => part !== null);
  if (present.length === 0) return null;
  return (
    <Chips label={label}>
      {present.map(({ name, noun, text }) => (
        <li key={name}>
          <Chip name={noun} value={text} href={address(path, kept, chosen, { [name]: undefined })} />
        </li>
      ))}
    </Chips>
  );
}

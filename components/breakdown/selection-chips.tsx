import { address } from '@/components/links';
import { Chip, Chips } from '@/components/ui/chip';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { dimensionNames, keyParameters, selectedDimensions, valueText, type Key } from './dimensions';

interface SelectionChipsProps {
  readonly path: string;
  readonly kept: readonly UrlParameters[];
  readonly selection: Key;
}

/** Shows which segment the list shows; each part can be removed. */
export function SelectionChips({ path, kept, selection }: SelectionChipsProps) {
  const selected = selectedDimensions(selection);
  if (selected.length === 0) return null;
  return (
    <Chips label="Selected segment">
      {selected.map((dimension) => (
        <li key={dimension}>
          <Chip
            name={dimensionNames[dimension]}
            value={valueText(selection[dimension])}
            href={`${address(
              path,
              ...kept,
              keyParameters(
                selection,
                selected.filter((other) => other !== dimension),
              ),
            )}#records`}
          />
        </li>
      ))}
      <li>
        <TextLink href={`${address(path, ...kept)}#records`} scroll={false}>
          Show all
        </TextLink>
      </li>
    </Chips>
  );
}

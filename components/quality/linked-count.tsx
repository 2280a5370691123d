import { Count, Unknown } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';

/** Shows a count that links to its rows; zero is no link. */
export function LinkedCount({
  value,
  unit,
  href,
}: {
  readonly value: number;
  readonly unit: string;
  readonly href: string;
}) {
  return value === 0 ? (
    <Count value={0} unit={unit} />
  ) : (
    <TextLink href={href}>
      <Count value={value} unit={unit} />
    </TextLink>
  );
}

/** Shows a linked count that needs records that can be judged: without any, the count is unknown and not zero. */
export function JudgedCount({
  judged,
  ...found
}: {
  readonly judged: number;
  readonly value: number;
  readonly unit: string;
  readonly href: string;
}) {
  return judged === 0 ? <Unknown reason="No record has enough data to tell." /> : <LinkedCount {...found} />;
}

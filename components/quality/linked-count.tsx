import { Count, Unknown } from '@/components/ui/quantity';
import { TextLink } from '@/components/ui/text-link';

/** A count that leads to its rows; nothing leads nowhere. */
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

/** The same for what can only be told of some records: when it can be told of none, it is unknown and not nothing. */
export function JudgedCount({
  judged,
  ...found
}: {
  readonly judged: number;
  readonly value: number;
  readonly unit: string;
  readonly href: string;
}) {
  return judged === 0 ? <Unknown reason="No record says enough to tell." /> : <LinkedCount {...found} />;
}

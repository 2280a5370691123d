import { Unknown } from './quantity';

/** Shows a value as it stands in the log; `absent` says why there is none. */
export function TextValue({ value, absent }: { readonly value: string | null; readonly absent?: string }) {
  if (value === null) return absent === undefined ? <Unknown /> : <Unknown reason={absent} />;
  return <>{value}</>;
}

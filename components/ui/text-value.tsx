import { Unknown } from './quantity';

/** A value of the log as it stands there; `absent` says why there is none. */
export function TextValue({ value, absent }: { readonly value: string | null; readonly absent?: string }) {
  if (value === null) return absent === undefined ? <Unknown /> : <Unknown reason={absent} />;
  return <>{value}</>;
}

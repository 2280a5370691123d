import { formatInteger } from '@/components/formats';
import { Unknown } from '@/components/ui/quantity';

/** Shows every millisecond of a length of time. */
export const Exact = ({ milliseconds }: { readonly milliseconds: number | null }) =>
  milliseconds === null ? <Unknown /> : <>{formatInteger(milliseconds)} ms</>;

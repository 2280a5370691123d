import { Unknown } from '@/components/ui/quantity';

/** In place of a figure of a thread that is only mentioned. */
export const NoEvents = () => <Unknown reason="The logs hold no events of this thread." />;

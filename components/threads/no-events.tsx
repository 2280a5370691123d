import { Unknown } from '@/components/ui/quantity';

/** Stands in place of a figure of a thread that is only mentioned. */
export const NoEvents = () => <Unknown reason="The logs have no events for this thread." />;

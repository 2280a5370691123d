/** Where the API answers the run of a thread. What is asked for early must have the very same address. */
export const timelineAddress = (threadId: string): string => `/api/threads/${encodeURIComponent(threadId)}/timeline`;

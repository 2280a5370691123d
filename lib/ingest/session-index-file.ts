/**
 * Tells by its name if a file is Codex's list of the names of threads. Its content is recognised separately; the name
 * only puts it after the rollouts.
 */
export const namesThreads = (path: string): boolean => /(?:^|\/)session_index\.jsonl$/.test(path);

/**
 * Whether a file is by its name Codex's list of the names of threads. What it holds is recognised by its content; the
 * name says only that it is to be read behind the rollouts.
 */
export const namesThreads = (path: string): boolean => /(?:^|\/)session_index\.jsonl$/.test(path);

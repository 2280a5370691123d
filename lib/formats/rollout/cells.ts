import type { RolloutLine } from './line.ts';
import type { Outcome } from './outcomes.ts';

/*
 * Code mode (`schema.md` §8): the model calls a custom tool `exec` with JavaScript, a cell, and `wait` for a cell that
 * runs on. Before code mode, `exec` was a function that ran a shell command, and `wait` one that waits for agents.
 */

const looked = 600;
/** The arguments of a function are JSON in a string. */
const cellAsked = /\\"cell_id\\":\s*(?:\\")?([A-Za-z0-9_-]{1,64})/;
const cellRunning = /^Script running with cell ID ([A-Za-z0-9_-]{1,64})/;

/** Returns the cell that a call runs or waits for; null for every other call. */
export function cellCallOf(
  { payloadType, text }: RolloutLine,
  name: string,
): { readonly cellId: string | null } | null {
  if (payloadType === 'custom_tool_call') return name === 'exec' ? { cellId: null } : null;
  if (name !== 'wait') return null;
  const start = text.indexOf('"arguments":');
  const cellId = start < 0 ? undefined : cellAsked.exec(text.slice(start, start + looked))?.[1];
  return cellId === undefined ? null : { cellId };
}

/** Returns the beginning of an answer, which is a text or a list of texts. */
function answerOf(text: string): string {
  const start = text.indexOf('"output":');
  return start < 0
    ? ''
    : text
        .slice(start + '"output":'.length, start + looked)
        .replace(/^(?:\[\s*\{\s*(?:"type"\s*:\s*"[^"]{1,64}"\s*,\s*)?"text"\s*:\s*)?"/, '');
}

/**
 * Reads from the raw text of an answer how the call to a cell ended, and the id of a cell that runs on. Codex begins
 * the answer with the result of the script; any other answer never came from a cell.
 */
export function cellOutcomeOf(text: string): Outcome & { readonly cellId: string | null } {
  const answer = answerOf(text);
  const cellId = cellRunning.exec(answer)?.[1] ?? null;
  const ending = { exitCode: null, final: true, cellId };
  if (/^aborted by user/.test(answer)) return { ...ending, terminalStatus: 'interrupted', reached: true };
  if (/^Script (?:completed|running|terminated)/.test(answer))
    return { ...ending, terminalStatus: 'completed', reached: true };
  return { ...ending, terminalStatus: 'failed', reached: answer.startsWith('Script failed') };
}

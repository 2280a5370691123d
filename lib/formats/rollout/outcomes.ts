import type { ToolCallFact } from './facts.ts';

/** How a call ended, from the beginning and the end of its answer. */
export interface Outcome {
  readonly terminalStatus: ToolCallFact['terminalStatus'];
  readonly exitCode: number | null;
  /** False when no tool was asked at all. */
  readonly reached: boolean;
  /** False when a record of the call's completion may still follow: if it runs on or was aborted. */
  readonly final: boolean;
}

const looked = 400;
const exited = /(?:Process exited with code|Exit code:) (-?\d{1,10})/;
const exitMember = /\\"exit_code\\":(-?\d{1,10})/;
const running = /Process running with session ID/;
const aborted = /^(?:Wall time: [\d.]+ seconds\\n)?aborted by user/;
/**
 * Codex's words for a refusal by the guardian or by the user. Any other refusal comes from a hook or a policy;
 * analytics has no event for that call.
 */
const refused = /action was rejected|Automatic approval review|rejected by (?:the )?user/;
const refusedEarly = /Rejected\(|^Command blocked by /;
const unanswered = /approval review did not finish before its deadline/;
/** Answers for calls that never reached the tool. */
const unreached =
  /^(?:unsupported call|failed to parse function arguments|invalid agent id|Empty message can't|apply_patch verification failed)/;
const failed =
  /^(?:exec_command failed|collab spawn failed|live agent path .{1,256} not found|execution error|agent with id \S+ not found|err:|Error)/;

type Ending = Pick<Outcome, 'terminalStatus' | 'reached'>;
const failure: Ending = { terminalStatus: 'failed', reached: true };

function endingOf(tool: string, answer: string): Ending {
  if (unreached.test(answer) || aborted.test(answer)) return { terminalStatus: 'failed', reached: false };
  if (refused.test(answer)) return { terminalStatus: 'rejected', reached: true };
  if (unanswered.test(answer)) return failure;
  if (refusedEarly.test(answer)) return { terminalStatus: 'rejected', reached: false };
  if (failed.test(answer)) return failure;
  // A hook's words in place of the answer: a command has run then, a patch was blocked.
  if (tool === 'command_execution' && !running.test(answer)) return { terminalStatus: null, reached: true };
  return tool === 'file_change'
    ? { terminalStatus: null, reached: false }
    : { terminalStatus: 'completed', reached: true };
}

/**
 * Reads the outcome of a call to `tool` from the raw text of its `function_call_output` or `custom_tool_call_output`
 * line. It looks only at the first characters after `"output":` and the last ones of the line, so that a long answer
 * costs nothing. Commands and patches state their exit code; any other answer without a failure is a success.
 */
export function outcomeOf(tool: string, text: string): Outcome {
  const start = text.indexOf('"output":');
  const answer = start < 0 ? '' : text.slice(start + 9, start + 9 + looked).replace(/^"/, '');
  const code = exited.exec(answer)?.[1] ?? exitMember.exec(answer)?.[1] ?? exitMember.exec(text.slice(-looked))?.[1];
  if (code !== undefined)
    return {
      terminalStatus: Number(code) === 0 ? 'completed' : 'failed',
      exitCode: Number(code),
      reached: true,
      final: true,
    };
  return { ...endingOf(tool, answer), exitCode: null, final: !running.test(answer) && !aborted.test(answer) };
}

import { hasInnerId } from '../../events/inner-call.ts';
import type { JsonObject } from '../../events/json-object.ts';
import { cellCallOf, cellOutcomeOf } from './cells.ts';
import type { ToolCallFact } from './facts.ts';
import { rawNumber, rawString, type RolloutLine } from './line.ts';
import { outcomeOf } from './outcomes.ts';
import {
  activityNameOf,
  commandNameOf,
  statusOfItem,
  toolNameOf,
  toolOf,
  toolOfExtension,
  toolOfItem,
  unreportedTools,
} from './tools.ts';
import { millisecondsOf, objectOf, textOf, timeOf } from './values.ts';

/** A call that waits for its answer. */
interface OpenCall {
  readonly line: number;
  readonly turnId: string | null;
  readonly name: string;
  readonly tool: string;
  readonly startedAt: number | null;
  readonly receivers: readonly string[];
  /** The cell that it runs or waits for, with its id if stated; null for other calls. */
  readonly cell: { readonly id: string | null } | null;
  /** Its apparent end, when a record of its completion may still follow. */
  readonly end: CallEnd | null;
}

interface CallEnd extends Pick<ToolCallFact, 'completedAt' | 'terminalStatus' | 'exitCode'> {
  readonly reached: boolean;
}
export interface FoundCall {
  readonly line: number;
  readonly fact: ToolCallFact;
}

/** More calls than these are never open at once: beyond that the oldest is given up. */
const mostOpen = 4096;
const mostRemembered = 4096;
const difference = (from: number | null, to: number | null): number | null =>
  from === null || to === null || to < from ? null : to - from;
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf).filter((id) => id !== null) : []);

/**
 * The tool calls of one thread. Each call is reported once: by the record of its completion (`item_completed`,
 * `patch_apply_end`, `exec_command_end` …) where the version has one, else by its answer. A call with neither is
 * reported when its turn ends.
 */
export class ToolCalls {
  readonly #threadId: string;
  /** Analytics has the calls of a review, if at all, under the reviewed thread. */
  readonly #reported: boolean;
  readonly #open = new Map<string, OpenCall>();
  /** Calls already reported; an answer or another record of them may still come. */
  #told = new Set<string>();

  constructor(threadId: string, { reported }: { readonly reported: boolean }) {
    this.#threadId = threadId;
    this.#reported = reported;
  }

  /**
   * `function_call`, `custom_tool_call`, `local_shell_call`: read without parsing, since the arguments can be whole
   * files.
   */
  *called(line: RolloutLine, turnId: string | null): Generator<FoundCall, void> {
    const itemId = rawString(line.text, 'call_id') ?? rawString(line.text, 'id', line.text.indexOf('"payload":'));
    if (itemId === null || this.#told.has(itemId)) return;
    const name = rawString(line.text, 'name') ?? (line.payloadType === 'local_shell_call' ? 'local_shell' : 'unknown');
    const cell = cellCallOf(line, name);
    const tool = cell ? 'dynamic_tool_call' : toolOf(name, rawString(line.text, 'namespace'));
    if (this.#open.size >= mostOpen) {
      const [oldest] = this.#open;
      if (oldest) yield this.#unanswered(oldest[0], oldest[1]);
    }
    this.#open.set(itemId, {
      line: line.number,
      turnId,
      name,
      tool,
      startedAt: timeOf(line.timestamp),
      receivers: [],
      cell: cell && { id: cell.cellId },
      end: null,
    });
  }

  /** `web_search_call`, `image_generation_call`: run by the server, so they are over when they are written. */
  *ranByServer(line: RolloutLine, turnId: string | null, tool: string): Generator<FoundCall, void> {
    const itemId = rawString(line.text, 'call_id') ?? rawString(line.text, 'id', line.text.indexOf('"payload":'));
    const time = timeOf(line.timestamp);
    if (itemId === null) return;
    const call = { ...this.#opened(itemId, line, turnId, tool, tool), startedAt: time };
    yield* this.#tell(itemId, call, { completedAt: time, terminalStatus: 'completed', exitCode: null, reached: true });
  }

  /** `function_call_output`, `custom_tool_call_output`. */
  *answered(line: RolloutLine): Generator<FoundCall, void> {
    const itemId = rawString(line.text, 'call_id');
    const call = itemId === null ? undefined : this.#open.get(itemId);
    if (itemId === null || !call) return;
    if (call.cell) {
      const { cellId, ...outcome } = cellOutcomeOf(line.text);
      return yield* this.#tell(
        itemId,
        { ...call, cell: { id: call.cell.id ?? cellId } },
        { completedAt: timeOf(line.timestamp), ...outcome },
      );
    }
    const outcome = outcomeOf(call.tool, line.text);
    const spawned =
      call.name === 'spawn_agent'
        ? /\\"agent_id\\":\\"([^"\\]{1,128})\\"/.exec(line.text.slice(0, 2048))?.[1]
        : undefined;
    const answered = {
      ...call,
      receivers: spawned === undefined ? call.receivers : [spawned],
      end: { completedAt: timeOf(line.timestamp), ...outcome },
    };
    // A later record names the started agent.
    const unnamed = call.name === 'spawn_agent' && spawned === undefined && outcome.terminalStatus === 'completed';
    if (outcome.final && !unnamed) yield* this.#tell(itemId, answered, answered.end);
    else this.#open.set(itemId, answered);
  }

  /** `item_completed`. Commands, whose outputs are long, are read without parsing. */
  *completedItem(line: RolloutLine, itemType: string, turnId: string | null): Generator<FoundCall, void> {
    const tool = toolOfItem.get(itemType);
    if (tool === undefined) return;
    if (itemType === 'CommandExecution') yield* this.#completedCommand(line, turnId);
    else {
      const payload = line.payload();
      if (!payload) return;
      const item = objectOf(payload.item);
      if (itemType === 'Extension')
        yield* this.#completedOther(line, item, payload, toolOfExtension(textOf(item.kind)), turnId);
      else yield* this.#completedOther(line, item, payload, tool, turnId);
    }
  }

  *#completedCommand(line: RolloutLine, turnId: string | null): Generator<FoundCall, void> {
    const { text } = line;
    const itemId = rawString(text, 'id', text.indexOf('"item":'));
    if (itemId === null) return;
    const name = commandNameOf(rawString(text, 'source'));
    const [startedAt, completedAt] = [
      millisecondsOf(rawNumber(text, 'started_at_ms')),
      millisecondsOf(rawNumber(text, 'completed_at_ms')),
    ];
    const call = this.#opened(itemId, line, turnId, 'command_execution', name);
    const terminalStatus = statusOfItem(rawString(text, 'status'));
    yield* this.#tell(
      itemId,
      { ...call, startedAt: startedAt ?? call.startedAt },
      { completedAt, terminalStatus, exitCode: rawNumber(text, 'exit_code'), reached: true },
    );
  }

  *#completedOther(
    line: RolloutLine,
    item: JsonObject,
    payload: JsonObject,
    tool: string,
    turnId: string | null,
  ): Generator<FoundCall, void> {
    const itemId = textOf(item.id);
    if (itemId === null) return;
    const activity = item.type === 'SubAgentActivity';
    const inner = hasInnerId(itemId);
    // An agent's end has an item of the same type with an id of its own: it is no call. A cell's calls have no earlier
    // lines of their own.
    if (activity && !inner && !this.#open.has(itemId) && item.kind !== 'started') return;
    const named = activity
      ? activityNameOf(textOf(item.kind))
      : item.type === 'Sleep'
        ? 'sleep'
        : (textOf(item.tool) ?? textOf(item.name) ?? textOf(item.kind));
    const name = tool === 'file_change' ? 'apply_patch' : tool === 'web_search' ? tool : (named ?? tool);
    const call = this.#opened(itemId, line, turnId, tool, name);
    const agentThreadId = textOf(item.agent_thread_id);
    // An activity has a single time: its call began before.
    const startedAt = activity && !inner ? call.startedAt : (millisecondsOf(payload.started_at_ms) ?? call.startedAt);
    const receivers = agentThreadId === null ? idsOf(item.receiver_thread_ids) : [agentThreadId];
    const terminalStatus = statusOfItem(textOf(item.status)) ?? 'completed';
    yield* this.#tell(
      itemId,
      { ...call, startedAt, receivers },
      {
        completedAt: millisecondsOf(payload.completed_at_ms) ?? timeOf(line.timestamp),
        terminalStatus,
        exitCode: null,
        reached: true,
      },
    );
  }

  /**
   * `sub_agent_activity` and `collab_agent_spawn_end`: these events name the agent that a call started, in versions and
   * histories without items. Later actions of an agent are no calls.
   */
  *agentActed(line: RolloutLine, turnId: string | null): Generator<FoundCall, void> {
    const payload = line.payload();
    if (!payload) return;
    const itemId = textOf(payload.event_id) ?? textOf(payload.call_id);
    const agentThreadId = textOf(payload.agent_thread_id) ?? textOf(payload.new_thread_id);
    const starts = line.payloadType === 'collab_agent_spawn_end' || payload.kind === 'started';
    if (itemId === null || (!starts && !this.#open.has(itemId))) return;
    const call = this.#opened(itemId, line, turnId, 'collab_agent_tool_call', 'spawn_agent');
    const terminalStatus = starts && agentThreadId === null ? 'failed' : 'completed';
    const completedAt =
      millisecondsOf(payload.occurred_at_ms) ?? millisecondsOf(payload.completed_at_ms) ?? timeOf(line.timestamp);
    yield* this.#tell(
      itemId,
      { ...call, receivers: agentThreadId === null ? call.receivers : [agentThreadId] },
      { completedAt, terminalStatus, exitCode: null, reached: true },
    );
  }

  /** `patch_apply_end`, `mcp_tool_call_end`, `web_search_end`, `exec_command_end`: of versions before items. */
  *ended(line: RolloutLine, turnId: string | null): Generator<FoundCall, void> {
    const itemId = rawString(line.text, 'call_id');
    if (itemId === null) return;
    const completedAt = timeOf(line.timestamp);
    if (line.payloadType === 'exec_command_end') {
      const exitCode = rawNumber(line.text, 'exit_code');
      const call = this.#opened(itemId, line, turnId, 'command_execution', 'exec_command');
      yield* this.#tell(itemId, call, {
        completedAt,
        terminalStatus: exitCode === 0 ? 'completed' : 'failed',
        exitCode,
        reached: true,
      });
      return;
    }
    const payload = line.payload();
    if (!payload) return;
    if (line.payloadType === 'patch_apply_end') {
      const terminalStatus =
        statusOfItem(textOf(payload.status)) ?? (payload.success === false ? 'failed' : 'completed');
      yield* this.#tell(itemId, this.#opened(itemId, line, turnId, 'file_change', 'apply_patch'), {
        completedAt,
        terminalStatus,
        exitCode: null,
        reached: true,
      });
    } else if (line.payloadType === 'mcp_tool_call_end') {
      const result = objectOf(payload.result);
      const bad =
        result.Err !== undefined || objectOf(result.Ok).isError === true || objectOf(result.Ok).is_error === true;
      const call = this.#opened(
        itemId,
        line,
        turnId,
        'mcp_tool_call',
        textOf(objectOf(payload.invocation).tool) ?? 'unknown',
      );
      yield* this.#tell(itemId, call, {
        completedAt,
        terminalStatus: bad ? 'failed' : 'completed',
        exitCode: null,
        reached: true,
      });
    } else {
      const call = this.#opened(itemId, line, turnId, 'web_search', 'web_search');
      yield* this.#tell(
        itemId,
        { ...call, startedAt: call.startedAt ?? completedAt },
        { completedAt, terminalStatus: 'completed', exitCode: null, reached: true },
      );
    }
  }

  /** Returns the calls that are still open when their turn or the file ends: their result is not stated. */
  *unanswered(): Generator<FoundCall, void> {
    for (const [itemId, call] of [...this.#open]) yield this.#unanswered(itemId, call);
  }

  #opened(itemId: string, line: RolloutLine, turnId: string | null, tool: string, name: string): OpenCall {
    return (
      this.#open.get(itemId) ?? {
        line: line.number,
        turnId,
        name,
        tool,
        startedAt: null,
        receivers: [],
        cell: null,
        end: null,
      }
    );
  }

  #unanswered(itemId: string, call: OpenCall): FoundCall {
    this.#open.delete(itemId);
    this.#remember(itemId);
    return {
      line: call.line,
      fact: this.#fact(
        itemId,
        call,
        call.end ?? { completedAt: null, terminalStatus: null, exitCode: null, reached: false },
      ),
    };
  }

  *#tell(itemId: string, call: OpenCall, end: CallEnd): Generator<FoundCall, void> {
    if (this.#told.has(itemId)) return;
    this.#remember(itemId);
    this.#open.delete(itemId);
    yield { line: call.line, fact: this.#fact(itemId, call, end) };
  }

  #remember(itemId: string): void {
    if (this.#told.size >= mostRemembered) this.#told = new Set();
    this.#told.add(itemId);
  }

  #fact(itemId: string, call: OpenCall, { completedAt, terminalStatus, exitCode, reached }: CallEnd): ToolCallFact {
    const refused = call.tool === 'command_execution' && terminalStatus === 'rejected';
    return {
      kind: 'tool_call',
      threadId: this.#threadId,
      turnId: call.turnId,
      itemId,
      tool: call.tool,
      toolName: toolNameOf(call.tool, call.name, refused),
      startedAt: call.startedAt,
      completedAt,
      durationMs: difference(call.startedAt, completedAt),
      terminalStatus,
      exitCode,
      reported: this.#reported && reached && !unreportedTools.has(call.name),
      cellId: call.cell?.id ?? null,
      senderThreadId: call.tool === 'collab_agent_tool_call' ? this.#threadId : null,
      receiverThreadIds: call.receivers,
    };
  }
}

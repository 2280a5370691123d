import type { JsonObject } from '../../events/json-object.ts';
import { Assessments } from './assessments.ts';
import { ToolCalls } from './calls.ts';
import { Compactions } from './compactions.ts';
import type { Segment } from './facts.ts';
import { GuardianReviews } from './guardian.ts';
import { History, isAnswer } from './history.ts';
import { isPassedOver } from './kinds.ts';
import { rawString, type RolloutLine } from './line.ts';
import { broken, facts, parsed, type Outputs } from './outputs.ts';
import type { ThreadStart } from './thread.ts';
import { folderOf, isPreamble, ownWords, titleOf } from './title.ts';
import { responseUsageOf, tokenCountOf, TokenMeter } from './tokens.ts';
import { Turns } from './turns.ts';
import { nothing, objectOf, textOf, timeOf } from './values.ts';

/** The beginning of a message, after its id, holds its sender and its first words. */
const messageHead = 512;
const roleOf = (text: string): string | null => rawString(text.slice(0, messageHead), 'role');
const itemTypeOf = (text: string): string | null =>
  /"item":\{"type":"([^"\\]{1,64})"/.exec(text.slice(0, messageHead))?.[1] ?? null;
/** Codex's own additions to the user's side of the conversation begin with a tag, or are a preamble. */
const isTagged = (text: string): boolean => /"text":"\s*</.test(text.slice(0, messageHead));
const beginsWithPreamble = (text: string): boolean =>
  isPreamble(/"text":"((?:[^"\\]|\\.)*)/.exec(text.slice(0, messageHead))?.[1] ?? '');

const textsOf = (content: unknown): string[] =>
  Array.isArray(content) ? content.map((part) => textOf(objectOf(part).text) ?? '') : [];
const wordsOf = (content: unknown): string =>
  textsOf(content)
    .filter((part) => ownWords(part) !== '')
    .join('\n');

/** Reads one rollout, after its `session_meta`. Holds the open turn and its open calls, no settled facts. */
export class ThreadReader {
  readonly history: History;
  readonly #thread: ThreadStart;
  readonly #line: number;
  readonly #titles: boolean;
  readonly #meter: TokenMeter;
  readonly #compactions: Compactions;
  readonly #calls: ToolCalls;
  readonly #guardian: GuardianReviews | null;
  readonly #turns: Turns;
  readonly #assessments: Assessments;
  /** The folder from the environment block, where the `session_meta` does not say it. */
  #cwd: string | null = null;
  #title: string | null = null;
  #titleIsFinal: boolean;
  #timestamp: string | null;
  readonly #segmentStart: Pick<Segment, 'startedAt' | 'firstLineAt'>;

  constructor(thread: ThreadStart, meta: JsonObject, line: RolloutLine, { titles }: { readonly titles: boolean }) {
    this.history = new History(meta, line);
    this.#thread = thread;
    this.#line = line.number;
    this.#timestamp = line.timestamp;
    this.#meter = new TokenMeter({
      continues:
        thread.forkedFromThreadId !== null || objectOf(meta.history_base) !== nothing || (line.ordinal ?? 0) > 0,
    });
    this.#assessments = new Assessments(thread.threadId);
    const firstLineAt = timeOf(line.timestamp);
    this.#segmentStart = { startedAt: timeOf(meta.timestamp) ?? firstLineAt, firstLineAt };
    this.#compactions = new Compactions(thread.threadId, this.#meter);
    this.#calls = new ToolCalls(thread.threadId, { reported: thread.subagentSource !== 'review' });
    this.#guardian =
      thread.subagentSource === 'guardian' || thread.threadSource === 'guardian_review'
        ? new GuardianReviews(thread.threadId, thread.parentThreadId)
        : null;
    this.#turns = new Turns({
      thread,
      history: this.history,
      meter: this.#meter,
      compactions: this.#compactions,
      calls: this.#calls,
      guardian: this.#guardian,
    });
    // The guardian's prompts come from Codex, not from a user.
    this.#titles = titles && !this.#guardian;
    this.#titleIsFinal = !this.#titles;
  }

  *read(line: RolloutLine): Outputs {
    const isName = line.payloadType === 'thread_name_updated';
    // A name may be given long after the work.
    if (!isName) this.#timestamp = line.timestamp ?? this.#timestamp;
    this.history.passes(line);
    if (isAnswer(line)) this.#turns.goesOn(line);
    if (line.type !== 'compacted' && !isName) this.#turns.current?.passes(line);
    switch (line.type) {
      case 'event_msg':
        return yield* this.#event(line, line.payloadType ?? '');
      case 'response_item':
        return yield* this.#responseItem(line, line.payloadType ?? '');
      case 'turn_context':
        return yield* this.#turns.turnContext(line);
      case 'compacted':
        return yield* this.#turns.compacted(line);
      case 'token_usage_record':
        return this.#used(line);
      default:
        if (!isPassedOver('record', line.type))
          yield { kind: 'unknown', line: line.number, type: `rollout.${line.type}` };
    }
  }

  *end(): Outputs {
    yield* this.#turns.endTurn(null, { followed: false });
    if (this.#guardian) yield* facts(this.#guardian.end());
    yield* facts(this.#assessments.end());
    const fact = {
      ...this.#thread,
      cwd: this.#thread.cwd ?? this.#cwd,
      parentThreadId: this.#thread.parentThreadId ?? this.#guardian?.reviewedThreadId ?? null,
      model: this.#turns.model,
      title: this.#title,
      lastActiveAt: timeOf(this.#timestamp) ?? this.#thread.createdAt,
      segment: { ...this.#segmentStart, lastTurnAt: this.#turns.lastTurnAt },
    };
    yield { kind: 'fact', line: this.#line, fact };
  }

  *#event(line: RolloutLine, type: string): Outputs {
    const own = this.history.isOwn(line);
    switch (type) {
      case 'task_started':
      case 'turn_started':
        return yield* this.#turns.taskStarted(line);
      case 'token_count':
        return yield* this.#counted(line, own);
      case 'task_complete':
      case 'turn_complete':
        return yield* this.#turns.taskEnded(line, 'complete', own);
      case 'turn_aborted':
        return yield* this.#turns.taskEnded(line, 'aborted', own);
      case 'user_message':
        return yield* this.#userMessage(line);
      case 'error':
        return own ? yield* parsed(line, (payload) => this.#turns.current?.failed(payload)) : undefined;
      case 'guardian_assessment':
        return own ? yield* this.#assessed(line) : undefined;
      case 'item_completed':
        return own ? yield* this.#item(line) : undefined;
      case 'sub_agent_activity':
      case 'collab_agent_spawn_end':
        return own ? yield* this.#turns.told(this.#calls.agentActed(line, this.#turns.turnId)) : undefined;
      case 'patch_apply_end':
      case 'mcp_tool_call_end':
      case 'web_search_end':
      case 'exec_command_end':
        return own ? yield* this.#turns.told(this.#calls.ended(line, this.#turns.turnId)) : undefined;
      case 'thread_name_updated':
        return yield* this.#named(line, own);
      case 'entered_review_mode':
        return own ? this.#turns.enterReview() : undefined;
      case 'exited_review_mode':
        return own ? this.#turns.current?.reviewing() : undefined;
      case 'thread_settings_applied':
        return own && this.#turns.model === null
          ? yield* parsed(line, (payload) => {
              this.#turns.model = textOf(objectOf(payload.thread_settings).model);
            })
          : undefined;
      default:
        if (!isPassedOver('event_msg', type))
          yield { kind: 'unknown', line: line.number, type: `rollout.event_msg.${type}` };
    }
    if (own && type === 'agent_message') this.#turns.current?.answered();
  }

  /** Copied history has the names of another thread, with its id. */
  *#named(line: RolloutLine, own: boolean): Outputs {
    if (!this.#titles) return;
    const payload = line.payload();
    if (!payload) return yield* broken(line);
    const { threadId } = this.#thread;
    const named = textOf(payload.thread_id);
    if (named === null ? own : named === threadId) {
      yield {
        kind: 'fact',
        line: line.number,
        fact: {
          kind: 'thread_name',
          threadId,
          name: titleOf(textOf(payload.thread_name) ?? ''),
          namedAt: timeOf(line.timestamp),
        },
      };
    }
  }

  /** Reads copied counts too: the thread's own ones continue them. */
  *#counted(line: RolloutLine, own: boolean): Outputs {
    const count = tokenCountOf(line);
    if (count === 'broken') return yield* broken(line);
    const used = count && this.#meter.read(count);
    if (!own) this.#meter.takeRestored();
    if (!own || !count) return;
    this.#turns.current?.use(used, count.contextWindow, line);
    this.#compactions.counted();
  }

  /** Reads a `token_usage_record`: the request of a remote compaction is counted nowhere else. */
  #used(line: RolloutLine): void {
    const id = rawString(line.text, 'response_id');
    const usage = id === null ? null : responseUsageOf(line);
    if (id === null || !usage) return;
    this.#compactions.used(id, usage);
    if (!this.history.isOwn(line)) return;
    this.#meter.answered();
    this.#turns.current?.respond(id, usage);
  }

  *#assessed(line: RolloutLine): Outputs {
    const payload = line.payload();
    if (payload) yield* facts(this.#assessments.assessed(line, payload, this.#turns.turnId));
    else yield* broken(line);
  }

  *#userMessage(line: RolloutLine): Outputs {
    yield* this.#turns.beginImplicit(line);
    if (!this.history.isOwn(line)) return;
    this.#turns.input();
    if (!this.#titleIsFinal) yield* parsed(line, (payload) => this.#entitle(textOf(payload.message) ?? '', true));
  }

  #entitle(message: string, final: boolean): void {
    const title = titleOf(message);
    if (title === null) return;
    this.#title = final ? title : (this.#title ?? title);
    this.#titleIsFinal = final;
  }

  *#item(line: RolloutLine): Outputs {
    const start = line.text.slice(0, messageHead);
    // A thread under review repeats the reviewer's items.
    if ((rawString(start, 'thread_id') ?? this.#thread.threadId) !== this.#thread.threadId) return;
    const type = itemTypeOf(line.text) ?? 'unknown';
    const turnId = rawString(start, 'turn_id') ?? this.#turns.turnId;
    switch (type) {
      case 'UserMessage':
        this.#turns.input();
        return this.#titleIsFinal
          ? undefined
          : yield* parsed(line, (payload) => this.#entitle(wordsOf(objectOf(payload.item).content), true));
      case 'AgentMessage':
        return this.#turns.current?.answered();
      case 'EnteredReviewMode':
        return this.#turns.enterReview();
      case 'ExitedReviewMode':
        return this.#turns.current?.reviewing();
      case 'ContextCompaction':
        return yield* parsed(line, (payload) => this.#compactions.item(payload));
      case 'CommandExecution':
      case 'FileChange':
      case 'McpToolCall':
      case 'CollabAgentToolCall':
      case 'SubAgentActivity':
      case 'WebSearch':
      case 'DynamicToolCall':
      case 'ImageGeneration':
      case 'ImageView':
      case 'ControlToolCall':
      case 'Extension':
      case 'Sleep':
        if (type === 'CommandExecution' && rawString(line.text, 'source') === 'user_shell')
          this.#turns.current?.inShell();
        return yield* this.#turns.told(this.#calls.completedItem(line, type, turnId));
      default:
        if (!isPassedOver('item_completed', type))
          yield { kind: 'unknown', line: line.number, type: `rollout.item_completed.${type}` };
    }
  }

  *#responseItem(line: RolloutLine, type: string): Outputs {
    const own = this.history.isOwn(line);
    switch (type) {
      case 'message':
        return yield* this.#message(line);
      // A message from another agent.
      case 'agent_message':
        return own ? this.#turns.input() : undefined;
      case 'function_call':
      case 'custom_tool_call':
      case 'local_shell_call':
        return own ? yield* this.#turns.told(this.#calls.called(line, this.#turns.turnId)) : undefined;
      case 'function_call_output':
      case 'custom_tool_call_output':
        return own ? yield* this.#turns.told(this.#calls.answered(line)) : undefined;
      case 'web_search_call':
        return own
          ? yield* this.#turns.told(this.#calls.ranByServer(line, this.#turns.turnId, 'web_search'))
          : undefined;
      case 'image_generation_call':
        return own
          ? yield* this.#turns.told(this.#calls.ranByServer(line, this.#turns.turnId, 'image_generation'))
          : undefined;
      default:
        if (!isPassedOver('response_item', type))
          yield { kind: 'unknown', line: line.number, type: `rollout.response_item.${type}` };
    }
  }

  *#message(line: RolloutLine): Outputs {
    const role = roleOf(line.text);
    const own = this.history.isOwn(line);
    if (role === 'assistant') return own ? this.#turns.current?.answered() : undefined;
    if (role !== 'user' || (!own && this.#turns.haveTasks)) return;
    if (this.#guardian) yield* parsed(line, (payload) => this.#guardian?.prompted(payload));
    if (isTagged(line.text)) {
      if (line.text.slice(0, messageHead).includes('"text":"<user_shell_command>')) this.#turns.current?.inShell();
      if (own && this.#thread.cwd === null && this.#cwd === null)
        yield* parsed(line, (payload) => {
          this.#cwd = folderOf(textsOf(payload.content).join('\n'));
        });
      return;
    }
    if (beginsWithPreamble(line.text)) return;
    // The oldest files have no `user_message` events beside the messages.
    if (line.timestamp === null || line.timestamp === '') yield* this.#turns.beginImplicit(line);
    if (!this.history.isOwn(line)) return;
    if (!this.#turns.standsAlone) this.#turns.input();
    if (!this.#titleIsFinal && this.#title === null)
      yield* parsed(line, (payload) => this.#entitle(wordsOf(payload.content), false));
  }
}

import type { CodexEvent } from '../events/event.ts';
import type { Fact } from '../store/fact-tables.ts';
import { clientOf, versionOf, type FactSink } from './facts.ts';
import type { EventTime } from './times.ts';

type Evidence = Pick<Fact<'thread_evidence'>, 'thread_id' | 'source' | 'parent_thread_id' | 'time'> &
  Partial<Fact<'thread_evidence'>>;
/** One literal for all evidence: rows of a table must have their keys in the table's order. */
const evidenceFact = (evidence: Evidence): Fact<'thread_evidence'> => ({
  thread_id: evidence.thread_id,
  source: evidence.source,
  parent_thread_id: evidence.parent_thread_id,
  forked_from_thread_id: evidence.forked_from_thread_id ?? null,
  session_id: evidence.session_id ?? null,
  thread_source: evidence.thread_source ?? null,
  subagent_source: evidence.subagent_source ?? null,
  initialization_mode: evidence.initialization_mode ?? null,
  model: evidence.model ?? null,
  client: evidence.client ?? null,
  codex_version: evidence.codex_version ?? null,
  created_at: evidence.created_at ?? null,
  time: evidence.time,
});

/**
 * Evidence that repeats earlier evidence of the same log is left out. When this many threads are remembered, all are
 * forgotten.
 */
const remembered = 100_000;
const noLineage: CodexEvent['lineage'] = {};
type Lineage = CodexEvent['lineage'];
const sameLineage = (a: Lineage, b: Lineage): boolean =>
  a.parent_thread_id === b.parent_thread_id &&
  a.thread_source === b.thread_source &&
  a.subagent_source === b.subagent_source;

/**
 * Collects from the events of one log the evidence for where threads belong (`schema.md` §6a). Every named thread gets
 * at least one row. Beside those of initialized events, a row is written only when a thread's lineage differs from its
 * last one, because every event repeats it.
 */
export class EvidenceCollector {
  #lineages = new Map<string, Lineage>();
  #parents = new Map<string, string | null>();

  collect(event: CodexEvent, when: EventTime, add: FactSink): void {
    // A session index names threads that are long gone: a name alone makes no node.
    if (event.threadId !== null && event.kind !== 'thread_name') this.#own(event, event.threadId, when, add);
    if (event.kind === 'tool_call' && event.params.tool_name === 'spawn_agent') {
      const sender = event.params.sender_thread_id ?? event.threadId;
      for (const receiver of event.params.receiver_thread_ids ?? []) this.#named('spawn', receiver, sender, when, add);
    }
    if (event.kind === 'guardian_review' && event.params.guardian_thread_id)
      this.#named('review', event.params.guardian_thread_id, event.threadId, when, add);
  }

  #own(event: CodexEvent, threadId: string, when: EventTime, add: FactSink): void {
    const { lineage } = event;
    if (event.kind === 'thread_initialized' || event.kind === 'rollout') {
      const { params } = event;
      add(
        'thread_evidence',
        evidenceFact({
          thread_id: threadId,
          source: event.kind === 'rollout' ? 'rollout' : 'initialized',
          parent_thread_id: params.parent_thread_id ?? null,
          forked_from_thread_id: params.forked_from_thread_id ?? null,
          session_id: params.session_id ?? null,
          thread_source: params.thread_source ?? null,
          subagent_source: params.subagent_source ?? null,
          initialization_mode: (event.kind === 'thread_initialized' ? event.params.initialization_mode : null) ?? null,
          model: params.model ?? null,
          client: clientOf(params),
          codex_version: versionOf(params),
          created_at: event.startedAt,
          time: when.time,
        }),
      );
      this.#remember(threadId, lineage);
      return;
    }
    const last = this.#lineages.get(threadId);
    if (last && (sameLineage(lineage, noLineage) || sameLineage(last, lineage))) return;
    this.#remember(threadId, lineage);
    add(
      'thread_evidence',
      evidenceFact({
        thread_id: threadId,
        source: 'event',
        parent_thread_id: lineage.parent_thread_id ?? null,
        session_id: lineage.session_id ?? null,
        thread_source: lineage.thread_source ?? null,
        subagent_source: lineage.subagent_source ?? null,
        time: when.time,
      }),
    );
  }

  #remember(threadId: string, lineage: Lineage): void {
    if (this.#lineages.size >= remembered) this.#lineages.clear();
    // A copy: the event's own object would keep all of it alive.
    this.#lineages.set(threadId, {
      parent_thread_id: lineage.parent_thread_id,
      thread_source: lineage.thread_source,
      subagent_source: lineage.subagent_source,
    });
  }

  #named(source: 'spawn' | 'review', threadId: string, parent: string | null, when: EventTime, add: FactSink): void {
    const key = `${source} ${threadId}`;
    if (this.#parents.has(key) && this.#parents.get(key) === parent) return;
    if (this.#parents.size >= remembered) this.#parents.clear();
    this.#parents.set(key, parent);
    add('thread_evidence', evidenceFact({ thread_id: threadId, source, parent_thread_id: parent, time: when.time }));
  }
}

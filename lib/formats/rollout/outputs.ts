import type { JsonObject } from '../../events/json-object.ts';
import type { RolloutFact, RolloutOutput } from './facts.ts';
import { problemOf, type RolloutLine } from './line.ts';

export type Outputs = Generator<RolloutOutput, void>;

export function* facts<F extends { readonly line: number; readonly fact: RolloutFact }>(found: Iterable<F>): Outputs {
  for (const { line, fact } of found) yield { kind: 'fact', line, fact };
}

export function* parsed(line: RolloutLine, take: (payload: JsonObject) => void): Outputs {
  const payload = line.payload();
  if (payload) take(payload);
  else yield* broken(line);
}

export function* broken(line: RolloutLine): Outputs {
  const problem = problemOf(line.text);
  if (problem)
    yield { kind: 'broken', line: line.number, code: problem.code, message: problem.message, text: line.text };
}

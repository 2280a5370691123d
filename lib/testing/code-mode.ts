import { analyticsOf, rolloutLines, rolloutNames } from './rollouts.ts';

/*
 * A real run of Codex 0.171.0 in code mode: cells with commands, patches and MCP calls inside, cells that failed, one
 * that yielded and was waited for, one that was ended, one that was interrupted, and calls that were approved, denied
 * and reviewed.
 */
export const codeModeThread = '01a22896-2644-7ae1-b2c9-33661b5c5422';
/** One cell that runs twelve commands. */
export const twelveCommandsTurn = '01a22896-33f0-7fe2-b01f';
export const codeModeAnalytics = `${rolloutLines('0.171.0', 'analytics').join('\n')}\n`;
export const codeModeRollouts: readonly string[] = rolloutNames('0.171.0').map(
  (name) => `${rolloutLines('0.171.0', name).join('\n')}\n`,
);
/** Every tool call as analytics states it. */
export const codeModeCalls = analyticsOf('0.171.0').flatMap(({ event_type: type, event_params: params }) =>
  params.item_id !== undefined && type !== 'codex_review_event' ? [params] : [],
);

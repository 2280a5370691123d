import { columnText } from '../store/column-text.ts';

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths and values of unknown things are cut to this length when they are counted (`lib/events/inventory.ts`). */
const longest = 100;
/** True when `counted`, the value in a column, stands for `whole`, the name or value in the event. */
const isColumnOf = (counted: string, whole: string): boolean =>
  counted === columnText(whole) || counted === columnText(whole.slice(0, longest));

/** Searches `fields` for the path; `prefix` leads to them. Names may hold dots. It goes as deep as `path` has dots. */
function has(fields: Fields, prefix: string, path: string, value: string | undefined): boolean {
  return Object.entries(fields).some(([name, held]) => {
    const here = prefix + name;
    if (isColumnOf(path, here) && (value === undefined || (typeof held === 'string' && isColumnOf(value, held))))
      return true;
    return path.startsWith(`${columnText(here)}.`) && isObject(held) && has(held, `${here}.`, path, value);
  });
}

/**
 * Returns whether an event's JSON has the field of `event_params` at `path`, such as `runtime.runtime_os`, and in it
 * the text `value` where that is given.
 */
export function holds(text: string, path: string, value?: string): boolean {
  const event: unknown = JSON.parse(text);
  return isObject(event) && isObject(event.event_params) && has(event.event_params, '', path, value);
}

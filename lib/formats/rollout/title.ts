const longest = 100;
/**
 * Blocks that a client or Codex adds to a user's message. Names with an underscore are not HTML and count as such
 * blocks too.
 */
const blocks: ReadonlySet<string> = new Set([
  'instructions',
  'skill',
  'system-reminder',
  'permissions',
  'image',
  'context',
]);
const opening = /^<([A-Za-z][\w-]*)(?:\s[^<>]*)?>/;
/** How IDE extensions introduce the user's own words after the context they add. */
const request = /^#+ My request for Codex:?[ \t]*$/m;
const heading = /^# (?:AGENTS\.md instructions|Context from my IDE setup)/;
/** The part of a message that may become a title. */
const inspected = 20_000;

/** True for the text that multi-agent modes put before the user's words: the agent's role in its team. */
export const isPreamble = (text: string): boolean => /^\s*You are [^\n]{1,120}? in a team of agents\b/.test(text);

const entities: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
]);
/** Returns the folder from an environment block; older ones have it as a sentence. */
export function folderOf(message: string): string | null {
  const environment =
    /<environment_context>([^]*?)(?:<\/environment_context>|$)/.exec(message.slice(0, inspected))?.[1] ?? '';
  const folder =
    (
      /<cwd>([^<]{1,4096})<\/cwd>/.exec(environment) ?? /^Current working directory: (.{1,4096})$/m.exec(environment)
    )?.[1]?.trim() ?? '';
  return folder === ''
    ? null
    : folder.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities.get(entity) ?? entity);
}

/** Returns the text after a leading `<block>…</block>` of instructions or environment; null without one. */
function behindBlock(text: string): string | null {
  const [tag, name] = opening.exec(text) ?? [];
  if (tag === undefined || name === undefined || !(name.includes('_') || blocks.has(name.toLowerCase()))) return null;
  const end = text.indexOf(`</${name}>`, tag.length);
  return end < 0 ? '' : text.slice(end + name.length + 3).trim();
}

/** Returns the user's own words, without instruction and environment blocks; may be empty. */
export function ownWords(message: string): string {
  let text = message.slice(0, inspected).trim();
  const asked = request.exec(text);
  if (asked) text = text.slice(asked.index + asked[0].length).trim();
  else if (heading.test(text)) {
    const end = text.indexOf('</INSTRUCTIONS>');
    text = end < 0 ? '' : text.slice(end + '</INSTRUCTIONS>'.length).trim();
  }
  for (let rest = behindBlock(text); rest !== null; rest = behindBlock(text)) text = rest;
  return isPreamble(text) ? '' : text;
}

/**
 * Makes a title of a message: one line of at most about 100 characters, cut between words; null when it has no words of
 * the user.
 */
export function titleOf(message: string): string | null {
  // Control and format characters have no place in a title: line breaks, or marks of text direction.
  const text = ownWords(message)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  if (text === '') return null;
  const characters = Array.from(text.slice(0, 2 * longest));
  if (characters.length <= longest) return text.length <= 2 * longest ? text : `${characters.join('')}…`;
  const cut = characters.slice(0, longest).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

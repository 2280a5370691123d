/** In UTF-16 units, before the mark of a cut. */
export const longestText = 1000;
/** Most texts are ASCII and need no change: this check is quick. */
const plain = /^[\x20-\x7e]*$/;
/**
 * Control characters, which include the separators of fields, and a byte order mark at the beginning, which the engine
 * loses on output.
 */
const unfit = /[\u0000-\u001f\u007f]|^\ufeff/g;

/**
 * Returns a text as every column and every bound value has it, so that texts that are equal in the store are equal
 * everywhere: cut after 1,000 characters, with U+FFFD for control characters, for a byte order mark at its beginning,
 * and for halves of surrogate pairs. Typed columns are for counting and showing; the event's own text is kept byte for
 * byte elsewhere. A column's text stays as it is.
 */
export function columnText(text: string): string {
  if (text.length <= longestText && plain.test(text)) return text;
  return (text.length > longestText ? `${text.slice(0, longestText)}…` : text).toWellFormed().replace(unfit, '\ufffd');
}

/** In UTF-16 units, before the mark that says that it was cut. */
export const longestText = 1000;
/** Most texts are in ASCII, and stand as they are: this tells at once. */
const plain = /^[\x20-\x7e]*$/;
/**
 * Control characters, among them those that keep fields apart, and a byte order mark at the beginning, which is lost on
 * the way out of the engine.
 */
const unfit = /[\u0000-\u001f\u007f]|^\ufeff/g;

/**
 * A text as every column and every bound value has it, so that texts which are one in the store are one everywhere: cut
 * behind 1,000 characters, with U+FFFD for control characters, for a byte order mark at its beginning, and for halves
 * of surrogate pairs. Typed columns are for counting and showing; the event's own text is kept byte for byte elsewhere.
 * A column's text stays as it is.
 */
export function columnText(text: string): string {
  if (text.length <= longestText && plain.test(text)) return text;
  return (text.length > longestText ? `${text.slice(0, longestText)}…` : text).toWellFormed().replace(unfit, '\ufffd');
}

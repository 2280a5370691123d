const apostrophe = 39,
  quote = 34,
  backslash = 92;
const opens = (code: number): boolean => code === 123 || code === 91 || code === 40;
const closes = (code: number): boolean => code === 125 || code === 93 || code === 41;

/**
 * Follows a Python literal over its broken lines without reading it; looks at each line once. A break stands for a
 * space, which neither ends a string nor follows a backslash.
 */
export class LiteralExtent {
  #depth = 0;
  /** The quote that ends the open string. */
  #closing: number | null = null;

  /** Returns true once all opened brackets are closed. */
  feed(text: string): boolean {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (this.#closing !== null) {
        if (code === backslash) index++;
        else if (code === this.#closing) this.#closing = null;
      } else if (code === apostrophe || code === quote) this.#closing = code;
      else if (opens(code)) this.#depth++;
      else if (closes(code) && --this.#depth <= 0) return true;
    }
    return false;
  }
}

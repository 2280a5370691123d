const encodings: readonly (readonly ['utf-16le' | 'utf-16be', RegExp])[] = [
  ['utf-16le', /^(?:\xff\xfe|[[{]\0["[{\s]\0)/],
  ['utf-16be', /^(?:\xfe\xff|\0[[{]\0["[{\s])/],
];

/**
 * Returns a decoder for a log in UTF-16, as redirects of Windows PowerShell write it, by its first bytes; null for all
 * others. Without a byte order mark it is known by the brackets of its JSON.
 */
export function decoderOf(beginning: Uint8Array): TextDecoder | null {
  const start = Buffer.from(beginning.subarray(0, 4)).toString('latin1');
  const encoding = encodings.find(([, pattern]) => pattern.test(start))?.[0];
  return encoding === undefined ? null : new TextDecoder(encoding);
}

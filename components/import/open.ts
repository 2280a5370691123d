const target = new EventTarget();

/** Asks the shell to show the imports, from any part of the page. */
export const openImports = (): void => {
  target.dispatchEvent(new Event('open'));
};

export function whenImportsOpen(show: () => void): () => void {
  target.addEventListener('open', show);
  return () => target.removeEventListener('open', show);
}

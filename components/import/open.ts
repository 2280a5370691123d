const target = new EventTarget();

/** Asks the shell to show the imports, from wherever it is offered. */
export const openImports = (): void => {
  target.dispatchEvent(new Event('open'));
};

export function whenImportsOpen(show: () => void): () => void {
  target.addEventListener('open', show);
  return () => target.removeEventListener('open', show);
}

import type { SenseKey } from '../model';

/** The lemma that a sense key begins with. */
export function lemmaOf(key: SenseKey): string {
  return key.slice(0, key.indexOf('%'));
}

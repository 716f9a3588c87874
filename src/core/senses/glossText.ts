import type { SenseInventory } from '../ports';

/** What stands for a synset when it is encoded: "lemmas: gloss", as BEM and LMMS read glosses. */
export function glossText(inventory: SenseInventory, synset: number): string {
  const { lemmas, gloss } = inventory.synsetGloss(synset);
  return `${lemmas.join(', ').replaceAll('_', ' ')}: ${gloss}`;
}

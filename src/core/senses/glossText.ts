import type { SenseInventory } from '../ports';

/** The text that is encoded for a synset's gloss vector: "lemmas: gloss", as in BEM and LMMS. */
export function glossText(inventory: SenseInventory, synset: number): string {
  const { lemmas, gloss } = inventory.synsetGloss(synset);
  return `${lemmas.join(', ').replaceAll('_', ' ')}: ${gloss}`;
}

import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';

/** From this probability on the supersense of a word is shown where its sense is in doubt. */
const SURE = 0.8;

/**
 * The supersense, such as `noun.animal`, whose senses have at least SURE of a word's probability together, if there is one. Not
 * those of adjectives and adverbs: they say nothing about the meaning.
 */
export function sureSupersense(
  candidates: readonly { readonly sense: SenseId; readonly probability: number }[],
  inventory: SenseInventory,
): string | undefined {
  const shares = new Map<string, number>();
  for (const { sense, probability } of candidates) {
    const { supersense, partOfSpeech } = inventory.describe(sense);
    if (supersense === undefined || partOfSpeech === 'adj' || partOfSpeech === 'adv') continue;
    shares.set(supersense, (shares.get(supersense) ?? 0) + probability);
  }
  return [...shares].find(([, share]) => share >= SURE)?.[0];
}

import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';

/** At this probability a supersense is told where the sense itself is in doubt. */
const SURE = 0.8;

/**
 * The supersense, such as `noun.animal`, on which the senses of a word agree by most of their probability, if there is
 * one. Those of adjectives and adverbs say nothing.
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

import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';

/** At this probability a supersense is told where the sense itself is in doubt. */
const SURE = 0.8;

/**
 * The supersense, such as `noun.animal`, on which the senses of a word agree by most of their probability, if there is
 * one. Adjectives and adverbs have none that says anything.
 */
export function sureSupersense(
  candidates: readonly { readonly sense: SenseId; readonly probability: number }[],
  inventory: SenseInventory,
): string | undefined {
  const shares = new Map<string, number>();
  for (const { sense, probability } of candidates) {
    const { supersense } = inventory.describe(sense);
    shares.set(supersense, (shares.get(supersense) ?? 0) + probability);
  }
  const [name] = [...shares].find(([, share]) => share >= SURE) ?? [];
  return name && /^(?:noun|verb)\./.test(name) ? name : undefined;
}

import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';

/**
 * Steps from one sense to another by WordNet's hypernyms, up from one and down to the other (path length, Rada et al. 1989).
 * A satellite adjective's head counts as its hypernym.
 * @returns `Infinity` where no hypernym is above both
 */
export function senseDistance(a: SenseId, b: SenseId, inventory: SenseInventory): number {
  const above = stepsUp(inventory.synset(a), inventory);
  let shortest = Infinity;
  for (const [synset, steps] of stepsUp(inventory.synset(b), inventory)) {
    shortest = Math.min(shortest, steps + (above.get(synset) ?? Infinity));
  }
  return shortest;
}

/** A synset and all its hypernyms, each with the fewest steps to it. */
function stepsUp(synset: number, inventory: SenseInventory): ReadonlyMap<number, number> {
  const steps = new Map([[synset, 0]]);
  let level: readonly number[] = [synset];
  for (let step = 1; level.length > 0; step++) {
    level = level.flatMap((below) => inventory.hypernyms(below)).filter((above) => !steps.has(above));
    for (const reached of level) steps.set(reached, step);
  }
  return steps;
}

import type { SenseId } from '../model';
import type { SenseInventory } from '../ports';

/**
 * Steps from one sense to another by WordNet's hypernyms, up from one and down to the other (path length, Rada et al. 1989).
 * A satellite adjective's head counts as its hypernym.
 * @returns `Infinity` where no hypernym is above both
 */
export function senseDistance(one: SenseId, other: SenseId, inventory: SenseInventory): number {
  const above = stepsUp(inventory.synset(one), inventory);
  let shortest = Infinity;
  for (const [synset, steps] of stepsUp(inventory.synset(other), inventory)) {
    shortest = Math.min(shortest, steps + (above.get(synset) ?? Infinity));
  }
  return shortest;
}

/** A synset and all its hypernyms, each with the fewest steps to it. */
function stepsUp(synset: number, inventory: SenseInventory): ReadonlyMap<number, number> {
  const steps = new Map([[synset, 0]]);
  let level: readonly number[] = [synset];
  for (let step = 1; level.length > 0; step++) {
    level = level.flatMap((one) => inventory.hypernyms(one)).filter((one) => !steps.has(one));
    for (const one of level) steps.set(one, step);
  }
  return steps;
}

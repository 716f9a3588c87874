import type { SenseId, SenseKey } from '../model';
import type { SenseInventory } from '../ports';

/** What a name may be a name of, as those who tagged SemCor took it. */
const NAME_KEYS: readonly SenseKey[] = ['person%1:03:00::', 'location%1:03:00::', 'group%1:03:00::'];

/** The senses of "person", "location" and "group" that stand for names. */
export function nameSenses(inventory: SenseInventory): readonly SenseId[] {
  return NAME_KEYS.map((key) => inventory.find(key)).filter((sense) => sense !== undefined);
}

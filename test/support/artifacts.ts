import { readFileSync } from 'node:fs';
import { openInventory } from '../../src/core/senses/inventory';
import type { SenseInventory } from '../../src/core/ports';

let inventory: SenseInventory | undefined;

/** The shipped inventory, opened once for all tests. */
export function wordnet(): SenseInventory {
  inventory ??= openInventory(wordnetBytes());
  return inventory;
}

/** A fresh copy of the inventory's file, so that a test may damage it. */
export function wordnetBytes(): Uint8Array {
  return readFileSync(new URL('../../model/wordnet/wordnet.bin', import.meta.url));
}

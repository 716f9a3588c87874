import type { SenseInventory } from '../../src/core/ports';
import { wordnet } from './artifacts';

/** WordNet with its first synsets only, so that a test need not encode every gloss. */
export function smallWordnet(synsetCount: number): SenseInventory {
  const whole = wordnet();
  return new Proxy(whole, {
    get(target, name) {
      if (name === 'synsetCount') return synsetCount;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

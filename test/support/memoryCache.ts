import type { CachedWindow, WindowCache, WindowKey } from '../../src/core/ports';

/** A cache of windows that forgets nothing. */
export function memoryCache(): WindowCache & { readonly held: Map<string, CachedWindow> } {
  const held = new Map<string, CachedWindow>();
  const nameOf = ({ encoder, layer, ids }: WindowKey): string => `${encoder} ${layer} ${ids.join(' ')}`;
  return {
    held,
    get: (keys) => Promise.resolve(keys.map((key) => held.get(nameOf(key)))),
    put(key, window) {
      held.set(nameOf(key), new Map([...window, ...(held.get(nameOf(key)) ?? [])]));
    },
  };
}

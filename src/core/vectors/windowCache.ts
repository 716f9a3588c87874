import type { CachedWindow, WindowCache, WindowKey } from '../ports';
import { areFinite, fromHalves, toHalves } from './half';
import type { PieceRange } from './windows';

/** A window to encode, and the pieces in it of each word that wants a vector. */
export interface WantedWindow {
  readonly ids: Int32Array;
  readonly ranges: readonly PieceRange[];
}

/** Per window, a raw vector for each of its ranges. */
export type EmbedWindows = (windows: readonly WantedWindow[]) => Promise<Float32Array[][]>;

/**
 * Embeds the windows that the cache does not hold whole, and remembers them. Fresh vectors are rounded as the
 * cache's are, so that a decision does not depend on where its vector came from.
 */
export async function embedThroughCache(
  windows: readonly WantedWindow[],
  cache: WindowCache,
  source: Omit<WindowKey, 'ids'>,
  embed: EmbedWindows,
): Promise<Float32Array[][]> {
  const keys = windows.map(({ ids }): WindowKey => ({ ...source, ids }));
  const known = await cache.get(keys);
  const lacking = windows.filter(({ ranges }, i) => !ranges.every((range) => known[i]?.has(nameOf(range))));
  const embedded = lacking.length > 0 ? await embed(lacking) : [];
  const freshOf = new Map(lacking.map((window, i) => [window, embedded[i]!]));
  return windows.map((window, i) => {
    const { ranges } = window;
    const fresh = freshOf.get(window);
    if (!fresh) return ranges.map((range) => fromHalves(known[i]!.get(nameOf(range))!));
    const rounded = fresh.map(toHalves);
    // An encoder with larger numbers than a half can hold is never cached, and so never rounded either.
    if (!rounded.every(areFinite)) return fresh;
    const vectors: CachedWindow = new Map(ranges.map((range, word) => [nameOf(range), rounded[word]!]));
    cache.put(keys[i]!, vectors);
    // Of a word known before, the first vector stays: it is the one that the cache keeps.
    return ranges.map((range) => fromHalves(known[i]?.get(nameOf(range)) ?? vectors.get(nameOf(range))!));
  });
}

/** A range of pieces as one 32-bit number. */
function nameOf({ from, to }: PieceRange): number {
  return from * 0x10000 + to;
}

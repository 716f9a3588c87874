import type { CachedWindow, WindowCache, WindowKey } from '../ports';
import { areFinite, fromHalves, toHalves } from './half';
import type { PieceRange } from './windows';

/** A window to encode, and for each word that needs a vector the range of its pieces in the window. */
export interface WantedWindow {
  readonly ids: Int32Array;
  readonly ranges: readonly PieceRange[];
}

/** Encodes windows: returns per window a raw vector for each of its ranges. */
export type EmbedWindows = (windows: readonly WantedWindow[]) => Promise<Float32Array[][]>;

/**
 * Takes vectors from the cache, and embeds and adds those windows that it does not have with all their words. Fresh vectors are
 * rounded as cached ones are, so that an annotation does not depend on where its vector came from.
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
    // A window with numbers too large for halves is not cached, and so its vectors are not rounded either.
    if (!rounded.every(areFinite)) return fresh;
    const vectors: CachedWindow = new Map(ranges.map((range, word) => [nameOf(range), rounded[word]!]));
    cache.put(keys[i]!, vectors);
    // A word that the cache knows keeps its first vector there, so this vector is used here too.
    return ranges.map((range) => fromHalves(known[i]?.get(nameOf(range)) ?? vectors.get(nameOf(range))!));
  });
}

/** A range of pieces as one 32-bit number. */
function nameOf({ from, to }: PieceRange): number {
  return from * 0x10000 + to;
}

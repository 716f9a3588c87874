import { dot, normalise } from '../../core/vectors/math';

/** A use of a word: its vector, and what its neighbours should share with it. */
export interface LabelledUse {
  readonly vector: Float32Array;
  readonly label: string;
}

/** Cosines that differ by less are the same: static vectors of one form are alike but for rounding. */
const TIE = 1e-5;

/**
 * Of the `k` nearest other uses of a use, by cosine, the share that has its label, averaged over all uses (precision at k), from
 * 0 to 1. Uses that tie for the last places share them out.
 */
export function neighbourPrecision(uses: readonly LabelledUse[], k: number): number {
  const unit = uses.map(({ vector }) => normalise(vector.slice()));
  const shares = uses.map(({ label }, i) => {
    const others = uses
      .map((other, j) => ({ same: other.label === label, cosine: dot(unit[i]!, unit[j]!) }))
      .filter((_, j) => j !== i)
      .sort((a, b) => b.cosine - a.cosine);
    const last = others[Math.min(k, others.length) - 1]!.cosine;
    const nearer = others.filter(({ cosine }) => cosine > last + TIE);
    const tied = others.filter(({ cosine }) => Math.abs(cosine - last) <= TIE);
    const right = (some: typeof others): number => some.filter(({ same }) => same).length;
    const places = Math.min(k, others.length);
    return (right(nearer) + ((places - nearer.length) * right(tied)) / tied.length) / places;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

import { dot, normalise } from '../../core/vectors/math';

/** A use of a word: its vector, and the label that its neighbours should share. */
export interface LabelledUse {
  readonly vector: Float32Array;
  readonly label: string;
}

/** Cosines that differ by less count as equal: static vectors of one form differ by rounding only. */
const TIE = 1e-5;

/**
 * Precision at k, 0 to 1: the share of a use's `k` nearest other uses by cosine that have its label, averaged over all uses. Uses
 * that tie for the last places count in part.
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

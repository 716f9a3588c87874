import { bootstrapInterval, type BootstrapInterval } from '../bootstrap';
import { isRight, type Outcome } from '../score';

/** The difference of two systems and its interval, in points of F1. */
export interface Interval extends BootstrapInterval {
  readonly difference: number;
}

/**
 * How far one system is above another on the same instances, by a paired bootstrap over documents.
 * @param ours outcomes by document; `theirs` has the same instances in the same order
 */
export function pairedInterval(
  ours: readonly (readonly Outcome[])[],
  theirs: readonly (readonly Outcome[])[],
): Interval {
  const documents = ours.map((outcomes, i) => ({
    size: outcomes.length,
    gain: outcomes.filter(isRight).length - theirs[i]!.filter(isRight).length,
  }));
  const differenceOf = (chosen: readonly (typeof documents)[number][]): number => {
    const size = chosen.reduce((sum, document) => sum + document.size, 0);
    return (100 * chosen.reduce((sum, { gain }) => sum + gain, 0)) / size;
  };
  return { difference: differenceOf(documents), ...bootstrapInterval(documents, differenceOf) };
}

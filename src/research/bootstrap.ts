import { seededRandom } from '../core';

/** Between these lie 95 % of what is measured on resampled documents. */
export interface BootstrapInterval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;

/**
 * How far a figure could be off by the choice of documents: a bootstrap over documents, as words of one document are not
 * independent (Efron and Tibshirani 1993; Koehn 2004). The same documents give the same interval.
 * @param measure resamples it gives `NaN` for are left out
 */
export function bootstrapInterval<T>(
  documents: readonly T[],
  measure: (documents: readonly T[]) => number,
): BootstrapInterval {
  const random = seededRandom(1);
  const values = Array.from({ length: RESAMPLES }, () =>
    measure(documents.map(() => documents[Math.floor(random() * documents.length)]!)),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  return {
    low: values[Math.floor(0.025 * values.length)] ?? NaN,
    high: values[Math.ceil(0.975 * values.length) - 1] ?? NaN,
  };
}

import { seededRandom } from '../core';

/** The interval that holds 95 % of the values measured on resampled documents. */
export interface BootstrapInterval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;

/**
 * How much a figure depends on the choice of documents: a bootstrap over documents, since words of the same document are not
 * independent (Efron and Tibshirani 1993; Koehn 2004). The same documents always give the same interval.
 * @param measure the figure for some documents; resamples for which it is `NaN` are left out
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

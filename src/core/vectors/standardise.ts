/**
 * The z-score of each dimension. Contextual embeddings are anisotropic: a few dimensions dominate
 * every cosine until they are put on one scale (Timkey & van Schijndel 2021).
 */
export interface Standardisation {
  readonly mean: Float32Array;
  /** Population standard deviation; 0 in a dead dimension. */
  readonly deviation: Float32Array;
}

/** Collects mean and deviation in one pass (Welford 1962, which stays exact over millions of vectors). */
export class StandardisationFit {
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  constructor(dimensions: number, saved?: { mean: Float64Array; squares: Float64Array; count: number }) {
    this.#mean = saved?.mean ?? new Float64Array(dimensions);
    this.#squares = saved?.squares ?? new Float64Array(dimensions);
    this.#count = saved?.count ?? 0;
  }

  add(vector: Float32Array): void {
    this.#count++;
    for (let i = 0; i < vector.length; i++) {
      const distance = vector[i]! - this.#mean[i]!;
      this.#mean[i]! += distance / this.#count;
      this.#squares[i]! += distance * (vector[i]! - this.#mean[i]!);
    }
  }

  /** The state to store in a checkpoint, so that the fit can go on later. */
  get state(): { readonly mean: Float64Array; readonly squares: Float64Array; readonly count: number } {
    return { mean: this.#mean, squares: this.#squares, count: this.#count };
  }

  /** @throws Error when nothing was added: there is no scale to fit */
  result(): Standardisation {
    if (this.#count === 0) throw new Error('No vectors to standardise: the corpus gave no words.');
    return {
      mean: Float32Array.from(this.#mean),
      // A dimension that varies by no more than rounding is dead: dividing by its deviation would give noise or NaN.
      deviation: Float32Array.from(this.#squares, (sum) => {
        const deviation = Math.sqrt(sum / this.#count);
        return deviation > 1e-6 ? deviation : 0;
      }),
    };
  }
}

/** Writes the z-scores of `vector` into a new vector; a dead dimension becomes 0. */
export function standardise(vector: Float32Array, { mean, deviation }: Standardisation): Float32Array {
  return vector.map((value, i) => (deviation[i]! === 0 ? 0 : (value - mean[i]!) / deviation[i]!));
}

/** The inverse of `standardise`. */
export function unstandardise(vector: Float32Array, { mean, deviation }: Standardisation): Float32Array {
  return vector.map((value, i) => value * deviation[i]! + mean[i]!);
}

/** Plain vector arithmetic; every matrix is row-major. */

/** Sum of products of two vectors of one length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Euclidean length. */
export function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

/** Cosine in [-1, 1]; 0 where either vector is zero, since it then points nowhere. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = norm(a) * norm(b);
  return lengths === 0 ? 0 : Math.max(-1, Math.min(1, dot(a, b) / lengths));
}

/** Adds `b` to `a` in place. */
export function addInto(a: Float32Array | Float64Array, b: Float32Array): void {
  for (let i = 0; i < b.length; i++) a[i]! += b[i]!;
}

/** Scales a vector to length 1 in place; a zero vector stays zero. */
export function normalise(a: Float32Array): Float32Array {
  const length = norm(a);
  if (length > 0) for (let i = 0; i < a.length; i++) a[i]! /= length;
  return a;
}

/** Plain vector arithmetic; every matrix is row-major. */

/** Dot product of two vectors of the same length. Four sums run side by side, which is faster than one. */
export function dot(a: Float32Array, b: Float32Array): number {
  let [p, q, r, s] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    p += a[i]! * b[i]!;
    q += a[i + 1]! * b[i + 1]!;
    r += a[i + 2]! * b[i + 2]!;
    s += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) p += a[i]! * b[i]!;
  return p + q + (r + s);
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

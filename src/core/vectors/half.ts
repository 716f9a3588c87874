/** IEEE 754 half precision (binary16) by bits: Node 20 has no Float16Array. */

/** Bits of 2^-14, the smallest single that does not become a subnormal half. */
const LEAST_NORMAL = 0x38800000;
/** Bits of the single 65,536; from 65,520 on rounding gives infinity by itself. */
const OVERFLOW = 0x47800000;
const INFINITY = 0x7f800000;
/** Difference between the exponent biases of singles and halves: 127 - 15. */
const REBIAS = 112;
const HALF_INFINITY = 0x7c00;
const HALF_NAN = 0x7e00;

/** The nearest half of each value, ties to even; a value that is too large becomes infinite. */
export function toHalves(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  // A plain loop, since `from` with a function is far slower: a novel has tens of millions of values.
  for (let i = 0; i < values.length; i++) halves[i] = halfOf(bits[i]!, values[i]!);
  return halves;
}

/** The values that halves stand for, exactly. */
export function fromHalves(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    bits[i] = ((half & 0x8000) << 16) | ((half & 0x7fff) << 13);
    // The factor corrects the exponent's bias, and makes normal numbers of subnormal ones.
    if ((half & HALF_INFINITY) === HALF_INFINITY) bits[i]! |= INFINITY;
    else values[i]! *= 2 ** REBIAS;
  }
  return values;
}

/** Are all halves finite, that is, was every value in the range of halves? */
export function areFinite(halves: Uint16Array): boolean {
  for (const half of halves) if ((half & HALF_INFINITY) === HALF_INFINITY) return false;
  return true;
}

/** @param single the value's bits */
function halfOf(single: number, value: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude > INFINITY) return sign | HALF_NAN;
  if (magnitude >= OVERFLOW) return sign | HALF_INFINITY;
  if (magnitude < LEAST_NORMAL) return sign | subnormal(Math.abs(value));
  // Rounds away the last 13 bits: adds half of their range, or one less if the last bit that stays is even (0).
  const rounding = 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((magnitude - (REBIAS << 23) + rounding) >>> 13);
}

/** Units of 2^-24 in a value below 2^-14, ties to even. */
function subnormal(value: number): number {
  const units = value * 2 ** 24;
  const whole = Math.floor(units);
  const rest = units - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
}

/** Lists laid end to end in one section, and their starts in another, which ends with the end of the last list. */
export class ListTable<T extends Uint8Array | Uint16Array | Uint32Array> {
  readonly #starts: Uint32Array;
  readonly #values: T;

  constructor(starts: Uint32Array, values: T) {
    this.#starts = starts;
    this.#values = values;
  }

  /** @throws RangeError when there is no list of this number */
  at(index: number): T {
    const start = this.#starts[index];
    const end = this.#starts[index + 1];
    if (start === undefined || end === undefined) throw new RangeError(`There is no entry ${index}.`);
    return this.#values.subarray(start, end) as T;
  }
}

/** Texts laid end to end. An element is one UTF-16 code unit, so that no decoder is needed; ASCII texts fit in bytes. */
export class TextTable {
  readonly count: number;
  readonly #starts: Uint32Array;
  readonly #units: Uint8Array | Uint16Array;

  constructor(starts: Uint32Array, units: Uint8Array | Uint16Array) {
    this.count = starts.length - 1;
    this.#starts = starts;
    this.#units = units;
  }

  at(index: number): string {
    return textOf(this.#units.subarray(this.#starts[index], this.#starts[index + 1]));
  }

  /** Negative if the text at an index sorts before another text (as `<` sorts), 0 if they are equal, else positive. */
  compare(index: number, text: string): number {
    const start = this.#starts[index]!;
    const length = this.#starts[index + 1]! - start;
    const common = Math.min(length, text.length);
    for (let i = 0; i < common; i++) {
      const difference = this.#units[start + i]! - text.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    return length - text.length;
  }
}

/** Code units as text; in slices, since every unit of a slice becomes an argument on the stack. */
export function textOf(units: Uint8Array | Uint16Array): string {
  const SLICE = 8192;
  let text = '';
  for (let start = 0; start < units.length; start += SLICE) {
    text += Reflect.apply(String.fromCharCode, null, units.subarray(start, start + SLICE)) as string;
  }
  return text;
}

/** Lists end to end, and where each starts. */
export function flatten(lists: Iterable<Iterable<number>>): { start: Uint32Array; values: number[] } {
  const start = [0];
  const values: number[] = [];
  for (const list of lists) {
    for (const value of list) values.push(value);
    start.push(values.length);
  }
  return { start: Uint32Array.from(start), values };
}

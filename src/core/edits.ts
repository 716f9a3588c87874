import type { Span } from './model';
import { lowest } from './util/search';

/** One replacement; offsets are those of the text before any of the changes made together with it. */
export interface TextChange extends Span {
  readonly text: string;
}

/** An edit as it is told: changes made together, in any order, and the version of the text after them. Plain data. */
export interface DocumentEdit {
  readonly version: number;
  readonly changes: readonly TextChange[];
}

/**
 * Where things of a text stand after changes made together. A change touches what it overlaps and what it ends or begins at,
 * as a word typed on to is another word. What that means to a span differs: it goes (`untouched`), it goes only if it is cut
 * (`uncut`), or it takes in what was typed (`grown`).
 *
 * Own code in the place of `ChangeSet` of @codemirror/state: that maps positions, while each of these meanings needs to know
 * what was touched, edges included. Its look-ups walk all changes from the first, and a replacement all over a novel maps
 * thousands of spans through thousands of changes at one key stroke; here they are found by halving.
 */
export class Edit {
  /** In text order. Those that touch each other are joined: a character between two of them is an old one. */
  readonly changes: readonly TextChange[];
  /** Per change the distance of what stands between it and the one before; then of what stands after all. */
  readonly #distances: readonly number[];

  /**
   * @param changes in any order
   * @param length of the text before, where it is known
   * @throws RangeError if changes overlap or lie outside the text
   */
  constructor(changes: readonly TextChange[], length = Infinity) {
    this.changes = joined(inOrder(changes, length));
    const distances = [0];
    for (const { start, end, text } of this.changes)
      distances.push(distances.at(-1)! + text.length - (end - start));
    this.#distances = distances;
  }

  /** How many changes end before an offset and do not touch it. */
  before(offset: number): number {
    return lowest(this.changes.length, (i) => this.changes[i]!.end >= offset);
  }

  /** How far text moves that so many changes are before. */
  distance(count: number): number {
    return this.#distances[count]!;
  }

  /** @param reach so far around the span counts as the span */
  touches({ start, end }: Span, reach = 0): boolean {
    const change = this.changes[this.before(start - reach)];
    return change !== undefined && change.start <= end + reach;
  }

  /** Is a change inside a span or over one of its ends? One that only ends or begins at it is not. */
  cuts({ start, end }: Span): boolean {
    const change = this.changes[this.#endingBy(start)];
    return change !== undefined && change.start < end;
  }

  /** Where a span stands that no change touches; `undefined` if one does. */
  untouched(span: Span): Span | undefined {
    return this.touches(span) ? undefined : moved(span, this.distance(this.before(span.start)));
  }

  /** Where a span stands that no change cuts; what is put at its edges stays outside. `undefined` if one does. */
  uncut(span: Span): Span | undefined {
    return this.cuts(span) ? undefined : moved(span, this.distance(this.#endingBy(span.start)));
  }

  /** Where a span stands with all that changes which touch it put there. */
  grown({ start, end }: Span): Span {
    const first = this.before(start);
    const past = lowest(this.changes.length, (i) => this.changes[i]!.start > end);
    return {
      start: Math.min(start, this.changes[first]?.start ?? start) + this.distance(first),
      end: Math.max(end, this.changes[past - 1]?.end ?? end) + this.distance(past),
    };
  }

  /** How many changes end by an offset, or at it. */
  #endingBy(offset: number): number {
    return lowest(this.changes.length, (i) => this.changes[i]!.end > offset);
  }
}

function moved({ start, end }: Span, distance: number): Span {
  return { start: start + distance, end: end + distance };
}

/** Changes in order. @throws RangeError if they overlap or lie outside a text of this length */
export function inOrder(changes: readonly TextChange[], length: number): readonly TextChange[] {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  let reached = 0;
  for (const { start, end } of sorted) {
    if (!(start >= reached && end >= start && end <= length))
      throw new RangeError(`Change ${start}-${end} overlaps another or lies outside the text.`);
    reached = end;
  }
  return sorted;
}

function joined(ordered: readonly TextChange[]): readonly TextChange[] {
  const changes: TextChange[] = [];
  for (const change of ordered) {
    const last = changes.at(-1);
    if (last?.end === change.start)
      changes[changes.length - 1] = { start: last.start, end: change.end, text: last.text + change.text };
    else changes.push(change);
  }
  return changes;
}

/** The text after changes that are in order. */
export function changedText(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = [];
  let reached = 0;
  for (const change of changes) {
    parts.push(text.slice(reached, change.start), change.text);
    reached = change.end;
  }
  parts.push(text.slice(reached));
  return parts.join('');
}

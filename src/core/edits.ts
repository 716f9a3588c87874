import type { Span } from './model';
import { lowest } from './util/search';

/** One replacement of text; its offsets are in the text before all changes that are made together with it. */
export interface TextChange extends Span {
  readonly text: string;
}

/** An edit as a message: changes made together, in any order, and the version of the text after them. Plain data. */
export interface DocumentEdit {
  readonly version: number;
  readonly changes: readonly TextChange[];
}

/**
 * Moves spans of a text through changes made together. A change touches a span that it overlaps, and one that it ends or begins
 * at, since a word with letters typed on to it is another word. There are three ways to move a span: a touched span is dropped
 * (`untouched`), a span is dropped only if a change cuts it (`uncut`), or the span takes in what was typed (`grown`).
 *
 * Why not `ChangeSet` of @codemirror/state: it maps positions, and does not say which spans were touched, edges included. It also
 * walks through all changes for each position. Here changes are found by halving, as a replacement all over a novel maps
 * thousands of spans through thousands of changes at one key stroke.
 */
export class Edit {
  /** In text order. Changes that touch are joined, so that there is unchanged text between any two. */
  readonly changes: readonly TextChange[];
  /** Per change, how far the text between it and the change before it moves; last, how far the text after all changes moves. */
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

  /** How far text moves that stands after `count` changes. */
  distance(count: number): number {
    return this.#distances[count]!;
  }

  /** Does a change touch a span? @param reach characters around the span that count as part of it */
  touches({ start, end }: Span, reach = 0): boolean {
    const change = this.changes[this.before(start - reach)];
    return change !== undefined && change.start <= end + reach;
  }

  /** Is a change inside a span or over one of its ends? A change that only ends or begins at the span does not cut it. */
  cuts({ start, end }: Span): boolean {
    const change = this.changes[this.#endingBy(start)];
    return change !== undefined && change.start < end;
  }

  /** Where a span stands after the changes; `undefined` if one of them touches it. */
  untouched(span: Span): Span | undefined {
    return this.touches(span) ? undefined : moved(span, this.distance(this.before(span.start)));
  }

  /** Where a span stands after the changes, without text put at its edges; `undefined` if a change cuts it. */
  uncut(span: Span): Span | undefined {
    return this.cuts(span) ? undefined : moved(span, this.distance(this.#endingBy(span.start)));
  }

  /** Where a span stands after the changes, with all text that the changes touching it put in. */
  grown({ start, end }: Span): Span {
    const first = this.before(start);
    const past = lowest(this.changes.length, (i) => this.changes[i]!.start > end);
    return {
      start: Math.min(start, this.changes[first]?.start ?? start) + this.distance(first),
      end: Math.max(end, this.changes[past - 1]?.end ?? end) + this.distance(past),
    };
  }

  /** How many changes end before an offset or at it. */
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

import type { Span } from '../model';
import type { TextChange } from '../text/paragraph';
import { Emitter, type Event } from '../util/event';
import { doubtOf } from './doubt';
import { type PackedAnnotation, packedAnnotation, type PackedReading, WORD, WORD_FIELDS } from './packed';

/** Annotations of one document, always in the offsets of its present text. The only source views read. */
export interface DocumentAnnotations {
  /** Version of the text the offsets are in. */
  readonly version: number;
  readonly totals: Totals;
  /** Annotations that overlap a span, in text order. */
  between(start: number, end: number): PackedAnnotation[];
  /** The annotation of the word at an offset; a word's end counts as the word. */
  at(offset: number): PackedAnnotation | undefined;
  /** Has all of a span been read since it was last changed? */
  isRead(start: number, end: number): boolean;
}

export interface Totals {
  readonly words: number;
  readonly polysemous: number;
  readonly unsure: number;
}

/** One edit: changes made together, in the offsets of the text before them. */
export interface DocumentEdit {
  readonly version: number;
  readonly changes: readonly TextChange[];
}

/** Keeps the annotations of the open documents, each under a key of the caller's. */
export interface AnnotationStore {
  readonly onDidChange: Event<string>;
  get(key: string): DocumentAnnotations | undefined;
  /** Begins a document without annotations. */
  open(key: string, version: number): void;
  /** Moves annotations with the text at once; those of a word that an edit touches go. */
  edit(key: string, edit: DocumentEdit): void;
  /**
   * Takes in what was read in the text of a version, maybe an older one: it is moved through the edits since.
   * Earlier annotations in the stretches it answers for go.
   */
  add(key: string, version: number, readings: readonly PackedReading[]): void;
  close(key: string): void;
}

export function createAnnotationStore(): AnnotationStore {
  const documents = new Map<string, StoredDocument>();
  const changed = new Emitter<string>();
  return {
    onDidChange: changed.event,
    get: (key) => documents.get(key),
    open(key, version) {
      documents.set(key, new StoredDocument(version));
      changed.fire(key);
    },
    edit(key, edit) {
      documents.get(key)?.edit(edit);
      changed.fire(key);
    },
    add(key, version, readings) {
      documents.get(key)?.add(version, readings);
      changed.fire(key);
    },
    close(key) {
      if (documents.delete(key)) changed.fire(key);
    },
  };
}

/** A stretch of a document that has been read, with its words; an edit in it parts it in two. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** What the words' offsets are relative to. */
  readonly base: number;
  readonly words: Int32Array;
  readonly candidates: Float32Array;
  totals: Totals | undefined;
}

class StoredDocument implements DocumentAnnotations {
  #version: number;
  /** Ordered, without overlap. What lies between two has not been read since it was changed. */
  #stretches: Stretch[] = [];
  /** Edits that readings under way may not know of. */
  #edits: DocumentEdit[] = [];

  constructor(version: number) {
    this.#version = version;
  }

  get version(): number {
    return this.#version;
  }

  get totals(): Totals {
    let [words, polysemous, unsure] = [0, 0, 0];
    for (const stretch of this.#stretches) {
      const own = (stretch.totals ??= count(stretch));
      words += own.words;
      polysemous += own.polysemous;
      unsure += own.unsure;
    }
    return { words, polysemous, unsure };
  }

  between(start: number, end: number): PackedAnnotation[] {
    const found: PackedAnnotation[] = [];
    for (let i = firstEndingAfter(this.#stretches, start); i < this.#stretches.length; i++) {
      const stretch = this.#stretches[i]!;
      if (stretch.start >= end) break;
      for (let word = firstWordEndingAfter(stretch, start); word < wordCount(stretch); word++) {
        const annotation = packedAnnotation(stretch, word, stretch.base);
        if (annotation.start >= end) break;
        found.push(annotation);
      }
    }
    return found;
  }

  at(offset: number): PackedAnnotation | undefined {
    // Of two words that touch, the one that begins here.
    return this.between(Math.max(0, offset - 1), offset + 1)
      .reverse()
      .find(({ start, end }) => start <= offset && offset <= end);
  }

  isRead(start: number, end: number): boolean {
    let reached = start;
    for (let i = firstEndingAfter(this.#stretches, start); i < this.#stretches.length; i++) {
      const stretch = this.#stretches[i]!;
      if (stretch.start > reached) break;
      reached = stretch.end;
      if (reached >= end) break;
    }
    return reached >= end;
  }

  edit(edit: DocumentEdit): void {
    this.#version = edit.version;
    this.#edits.push(edit);
    this.#stretches = edited(this.#stretches, edit.changes);
  }

  add(version: number, readings: readonly PackedReading[]): void {
    // Nothing older will come: the reader's messages arrive in order.
    this.#edits = this.#edits.filter((edit) => edit.version > version);
    for (const reading of readings) {
      let span: Span = reading;
      let stretches: Stretch[] = [{ ...reading, base: reading.start, totals: undefined }];
      for (const { changes } of this.#edits) {
        span = moved(span, changes);
        stretches = edited(stretches, changes);
      }
      this.#replace(span, stretches);
    }
  }

  /** Puts `stretches` in the place of whatever lies in `span`. */
  #replace({ start, end }: Span, stretches: readonly Stretch[]): void {
    const first = firstEndingAfter(this.#stretches, start);
    let last = first;
    while (last < this.#stretches.length && this.#stretches[last]!.start < end) last++;
    const left = this.#stretches[first];
    const right = this.#stretches[last - 1];
    const next = [...stretches];
    if (last > first && left!.start < start) next.unshift(upTo(left!, start));
    if (last > first && right!.end > end) next.push(from(right!, end));
    this.#stretches.splice(first, last - first, ...next);
  }
}

/** The stretches after an edit; each change parts the stretch it falls in and drops the words it touches. */
function edited(stretches: readonly Stretch[], changes: readonly TextChange[]): Stretch[] {
  let result = [...stretches];
  // From the end, so that offsets before a change are still those of the old text.
  for (const { start, end, text } of [...changes].sort((a, b) => b.start - a.start)) {
    const distance = text.length - (end - start);
    const first = firstEndingFrom(result, start);
    const next: Stretch[] = result.slice(0, first);
    for (let i = first; i < result.length; i++) {
      const stretch = result[i]!;
      if (stretch.start > end) {
        next.push(shifted(stretch, distance));
        continue;
      }
      if (stretch.start < start) next.push(before(stretch, start));
      if (stretch.end > end) next.push(shifted(after(stretch, end), distance));
    }
    result = next;
  }
  return result;
}

function shifted(stretch: Stretch, distance: number): Stretch {
  const { start, end, base, words, candidates, totals } = stretch;
  return { start: start + distance, end: end + distance, base: base + distance, words, candidates, totals };
}

/** Where a span of the old text stands in the new one; what was inserted at its edge belongs to it. */
function moved(span: Span, changes: readonly TextChange[]): Span {
  let { start, end } = span;
  for (const change of [...changes].sort((a, b) => b.start - a.start)) {
    const distance = change.text.length - (change.end - change.start);
    if (change.end < start) start += distance;
    else if (change.start < start) start = change.start;
    if (change.end <= end) end += distance;
    else if (change.start < end) end = change.start;
  }
  return { start, end: Math.max(start, end) };
}

/** The part before an offset, with the words that end by then. */
function upTo(stretch: Stretch, offset: number): Stretch {
  const words = stretch.words.subarray(0, firstWordEndingAfter(stretch, offset) * WORD_FIELDS);
  return { ...stretch, end: offset, words, totals: undefined };
}

/** The part after an offset, with the words that begin no sooner. */
function from(stretch: Stretch, offset: number): Stretch {
  const words = stretch.words.subarray(firstWordStartingFrom(stretch, offset) * WORD_FIELDS);
  return { ...stretch, start: offset, words, totals: undefined };
}

/** The part that an edit at an offset leaves before it: a word that ends there may have become another. */
function before(stretch: Stretch, offset: number): Stretch {
  const word = firstWordEndingAfter(stretch, offset - 1);
  return upTo(stretch, word < wordCount(stretch) ? Math.min(offset, wordStart(stretch, word)) : offset);
}

/** The part that an edit leaves after it: a word that begins there may have become another. */
function after(stretch: Stretch, offset: number): Stretch {
  const word = firstWordStartingFrom(stretch, offset + 1) - 1;
  return from(stretch, word >= 0 ? Math.max(offset, wordEnd(stretch, word)) : offset);
}

function wordCount({ words }: Stretch): number {
  return words.length / WORD_FIELDS;
}

function wordStart({ words, base }: Stretch, word: number): number {
  return base + words[word * WORD_FIELDS + WORD.start]!;
}

function wordEnd({ words, base }: Stretch, word: number): number {
  return base + words[word * WORD_FIELDS + WORD.end]!;
}

function firstWordEndingAfter(stretch: Stretch, offset: number): number {
  return lowest(wordCount(stretch), (word) => wordEnd(stretch, word) > offset);
}

function firstWordStartingFrom(stretch: Stretch, offset: number): number {
  return lowest(wordCount(stretch), (word) => wordStart(stretch, word) >= offset);
}

function firstEndingAfter(stretches: readonly Stretch[], offset: number): number {
  return lowest(stretches.length, (i) => stretches[i]!.end > offset);
}

function firstEndingFrom(stretches: readonly Stretch[], offset: number): number {
  return lowest(stretches.length, (i) => stretches[i]!.end >= offset);
}

/** The lowest index at which a condition holds that holds from there on; `count` if it never does. */
function lowest(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function count(stretch: Stretch): Totals {
  let [polysemous, unsure] = [0, 0];
  const words = wordCount(stretch);
  for (let word = 0; word < words; word++) {
    const annotation = packedAnnotation(stretch, word, stretch.base);
    if (!annotation.polysemous) continue;
    polysemous++;
    if (doubtOf(annotation)) unsure++;
  }
  return { words, polysemous, unsure };
}

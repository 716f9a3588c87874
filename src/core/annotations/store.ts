import type { Span } from '../model';
import type { TextChange } from '../prose/paragraph';
import { Emitter, type Event } from '../util/event';
import { lowest } from '../util/search';
import { chosenAnnotation, type ChosenSense, withChosen } from './chosen';
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
  /** Has all of a span been read since it was last changed? The characters beside a change count as changed. */
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
  /**
   * Takes in the senses that a reader chose, in the offsets of the text of a version, in place of those before. Every look
   * at the annotations gives them from now on, also after the document was closed and opened again.
   */
  correct(key: string, version: number, chosen: readonly ChosenSense[]): void;
  close(key: string): void;
}

export function createAnnotationStore(): AnnotationStore {
  const documents = new Map<string, StoredDocument>();
  const chosenIn = new Map<string, ChosenSenses>();
  const changed = new Emitter<string>();
  const change = (key: string, apply: (document: StoredDocument) => void): void => {
    const document = documents.get(key);
    if (!document) return;
    apply(document);
    changed.fire(key);
  };
  return {
    onDidChange: changed.event,
    get: (key) => documents.get(key),
    open(key, version) {
      documents.set(key, new StoredDocument(version, chosenIn.get(key) ?? { version, words: [] }));
      changed.fire(key);
    },
    edit: (key, edit) => change(key, (document) => document.edit(edit)),
    add: (key, version, readings) => change(key, (document) => document.add(version, readings)),
    correct(key, version, words) {
      const chosen = { version, words };
      if (words.length > 0) chosenIn.set(key, chosen);
      else chosenIn.delete(key);
      change(key, (document) => document.correct(chosen));
    },
    close(key) {
      if (documents.delete(key)) changed.fire(key);
    },
  };
}

/** What a reader chose, in text order, and the version of the text the offsets are in. */
interface ChosenSenses {
  readonly version: number;
  readonly words: readonly ChosenSense[];
}

/** A stretch of a document that has been read, with its words; an edit in it parts it in two. */
interface Stretch {
  /** The one thing that moves with the text: thousands do at each key stroke. */
  start: number;
  /** In UTF-16 units; never 0. */
  readonly length: number;
  /** What the words' offsets are relative to lies this far before the start. */
  readonly lead: number;
  readonly words: Int32Array;
  readonly candidates: Float32Array;
  readonly parts: Int32Array;
  totals: Totals | undefined;
}

class StoredDocument implements DocumentAnnotations {
  #version: number;
  /** Ordered, without overlap. What lies between two has not been read since it was changed. */
  #stretches: Stretch[] = [];
  /** Edits that readings under way may not know of, their changes in order. */
  #edits: DocumentEdit[] = [];

  #chosen: ChosenSenses;

  constructor(version: number, chosen: ChosenSenses) {
    this.#version = version;
    this.#chosen = chosen;
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
    for (const { start, end } of this.#chosen.words)
      unsure -= this.#predicted(start, end).filter((word) => word.polysemous && doubtOf(word)).length;
    return { words, polysemous, unsure };
  }

  between(start: number, end: number): PackedAnnotation[] {
    return withChosen(this.#predicted(start, end), this.#chosen.words, { start, end }, chosenAnnotation);
  }

  #predicted(start: number, end: number): PackedAnnotation[] {
    const found: PackedAnnotation[] = [];
    for (let i = firstEndingAfter(this.#stretches, start); i < this.#stretches.length; i++) {
      const stretch = this.#stretches[i]!;
      if (stretch.start >= end) break;
      for (let word = firstWordEndingAfter(stretch, start); word < wordCount(stretch); word++) {
        if (wordStart(stretch, word) >= end) break;
        found.push(packedAnnotation(stretch, word, baseOf(stretch)));
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
      if (reached >= end || stretch.start > reached) break;
      reached = endOf(stretch);
    }
    return reached >= end;
  }

  correct(chosen: ChosenSenses): void {
    this.#chosen = chosen;
  }

  edit({ version, changes }: DocumentEdit): void {
    this.#version = version;
    const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
    this.#edits.push({ version, changes: sorted });
    this.#stretches = edited(this.#stretches, sorted);
    // They may be told before the edit is, or after it.
    if (this.#chosen.version < version)
      this.#chosen = { version, words: movedChosen(this.#chosen.words, sorted) };
  }

  add(version: number, readings: readonly PackedReading[]): void {
    // Nothing older will come: the reader's messages arrive in order.
    this.#edits = this.#edits.filter((edit) => edit.version > version);
    for (const reading of readings) {
      const { start, end, words, candidates, parts } = reading;
      let span: Span = reading;
      let stretches: Stretch[] = [
        { start, length: end - start, lead: 0, words, candidates, parts, totals: undefined },
      ];
      for (const { changes } of this.#edits) {
        span = movedSpan(span, changes);
        stretches = edited(stretches, changes);
      }
      // Counted now, a few words at a time, and not a whole novel when somebody asks.
      for (const stretch of stretches) stretch.totals = count(stretch);
      this.#replace(span, stretches);
    }
  }

  /** Puts `stretches` in the place of whatever lies in `span`. */
  #replace({ start, end }: Span, stretches: readonly Stretch[]): void {
    if (start >= end) return;
    const first = firstEndingAfter(this.#stretches, start);
    let last = first;
    while (last < this.#stretches.length && this.#stretches[last]!.start < end) last++;
    const left = last > first ? upTo(this.#stretches[first]!, start) : undefined;
    const right = last > first ? from(this.#stretches[last - 1]!, end) : undefined;
    this.#stretches.splice(
      first,
      last - first,
      ...[left, ...stretches, right].filter((one) => one !== undefined),
    );
  }
}

/**
 * The stretches after an edit; each change parts the stretch it falls in and drops the words it touches. Makes use of
 * the stretches it is given.
 * @param changes in order, in the offsets of the text before them
 */
function edited(stretches: readonly Stretch[], changes: readonly TextChange[]): Stretch[] {
  let i = lowest(stretches.length, (k) => endOf(stretches[k]!) >= (changes[0]?.start ?? Infinity));
  const result = stretches.slice(0, i);
  /** What an earlier change has left of the stretch at `i`, still in the old offsets. */
  let rest = stretches[i];
  let distance = 0;
  const keep = (stretch: Stretch | undefined): void => {
    if (!stretch) return;
    stretch.start += distance;
    result.push(stretch);
  };
  for (const { start, end, text } of changes) {
    for (; rest && endOf(rest) < start; rest = stretches[++i]) keep(rest);
    while (rest && rest.start <= end) {
      keep(before(rest, start));
      const remaining: Stretch | undefined = after(rest, end);
      rest = remaining ?? stretches[++i];
      if (remaining) break;
    }
    distance += text.length - (end - start);
  }
  for (; rest; rest = stretches[++i]) keep(rest);
  return result;
}

/** Of a word that an edit touches nobody has said anything yet. */
function movedChosen(words: readonly ChosenSense[], changes: readonly TextChange[]): readonly ChosenSense[] {
  return words
    .filter(({ start, end }) => !changes.some((change) => change.start <= end && change.end >= start))
    .map((word) => ({ ...word, ...movedSpan(word, changes) }));
}

/** Where a span of the old text stands in the new one; what was inserted at its edge belongs to it. */
export function movedSpan(span: Span, changes: readonly TextChange[]): Span {
  let { start, end } = span;
  // From the end, so that offsets before a change are still those of the old text.
  for (const change of changes.toReversed()) {
    const distance = change.text.length - (change.end - change.start);
    if (change.end < start) start += distance;
    else if (change.start < start) start = change.start;
    if (change.end <= end) end += distance;
    else if (change.start < end) end = change.start;
  }
  return { start, end };
}

/** The part before an offset, with the words that end by then. */
function upTo(stretch: Stretch, offset: number): Stretch | undefined {
  const length = Math.min(offset - stretch.start, stretch.length);
  if (length <= 0) return undefined;
  const words = stretch.words.subarray(0, firstWordEndingAfter(stretch, offset) * WORD_FIELDS);
  return { ...stretch, length, words, totals: undefined };
}

/** The part after an offset, with the words that begin no sooner. */
function from(stretch: Stretch, offset: number): Stretch | undefined {
  const cut = Math.max(0, offset - stretch.start);
  if (cut >= stretch.length) return undefined;
  const { start, length, lead } = stretch;
  const words = stretch.words.subarray(firstWordStartingFrom(stretch, offset) * WORD_FIELDS);
  return { ...stretch, start: start + cut, length: length - cut, lead: lead + cut, words, totals: undefined };
}

/** The part that an edit at an offset leaves before it: a word that ends there may have become another. */
function before(stretch: Stretch, offset: number): Stretch | undefined {
  const word = firstWordEndingAfter(stretch, offset - 1);
  return upTo(
    stretch,
    word < wordCount(stretch) ? Math.min(offset - 1, wordStart(stretch, word)) : offset - 1,
  );
}

/** The part that an edit leaves after it: a word that begins there may have become another. */
function after(stretch: Stretch, offset: number): Stretch | undefined {
  const word = firstWordStartingFrom(stretch, offset + 1) - 1;
  return from(stretch, word >= 0 ? Math.max(offset + 1, wordEnd(stretch, word)) : offset + 1);
}

function endOf({ start, length }: Stretch): number {
  return start + length;
}

function baseOf({ start, lead }: Stretch): number {
  return start - lead;
}

function wordCount({ words }: Stretch): number {
  return words.length / WORD_FIELDS;
}

function wordStart(stretch: Stretch, word: number): number {
  return baseOf(stretch) + stretch.words[word * WORD_FIELDS + WORD.start]!;
}

function wordEnd(stretch: Stretch, word: number): number {
  return baseOf(stretch) + stretch.words[word * WORD_FIELDS + WORD.end]!;
}

function firstWordEndingAfter(stretch: Stretch, offset: number): number {
  return lowest(wordCount(stretch), (word) => wordEnd(stretch, word) > offset);
}

function firstWordStartingFrom(stretch: Stretch, offset: number): number {
  return lowest(wordCount(stretch), (word) => wordStart(stretch, word) >= offset);
}

function firstEndingAfter(stretches: readonly Stretch[], offset: number): number {
  return lowest(stretches.length, (i) => endOf(stretches[i]!) > offset);
}

function count(stretch: Stretch): Totals {
  let [polysemous, unsure] = [0, 0];
  const words = wordCount(stretch);
  for (let word = 0; word < words; word++) {
    const annotation = packedAnnotation(stretch, word, 0);
    if (!annotation.polysemous) continue;
    polysemous++;
    if (doubtOf(annotation)) unsure++;
  }
  return { words, polysemous, unsure };
}

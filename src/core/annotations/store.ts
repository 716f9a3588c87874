import { type DocumentEdit, Edit } from '../edits';
import type { Span } from '../model';
import { Emitter, type Event } from '../util/event';
import { lowest } from '../util/search';
import { chosenAnnotation, type ChosenSense, movedChosen, withChosen } from './chosen';
import { type PackedAnnotation, packedAnnotation, type PackedReading, WORD, WORD_FIELDS } from './packed';

/** Annotations of one document, always in the offsets of its present text. Views read them and nothing else. */
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

/** Keeps the annotations of the open documents, each under a key of the caller's. */
export interface AnnotationStore {
  readonly onDidChange: Event<string>;
  /** A document has other chosen senses than before, also one without annotations. Not fired when they only move. */
  readonly onDidChoose: Event<string>;
  get(key: string): DocumentAnnotations | undefined;
  /** Begins a document without annotations. */
  open(key: string, version: number): void;
  /** Moves annotations and chosen senses with the text at once; those of a word that an edit touches go. */
  edit(key: string, edit: DocumentEdit): void;
  /**
   * Adds readings of one version of the text, maybe an older one: they are moved through the edits since.
   * A reading replaces all earlier annotations in its span.
   */
  add(key: string, version: number, readings: readonly PackedReading[]): void;
  /**
   * Sets the senses that a reader chose in a document, in the offsets of one version of its text; they replace the earlier
   * list, and stay when the document is closed and opened again. The predicted annotations are kept below them: a chosen
   * sense shows at once, and the predicted one comes back when it is withdrawn. The reading session gets the same list.
   */
  correct(key: string, version: number, chosen: readonly ChosenSense[]): void;
  /** The chosen senses of a document, in the offsets of its present text and in text order. */
  chosen(key: string): readonly ChosenSense[];
  close(key: string): void;
}

export function createAnnotationStore(): AnnotationStore {
  const documents = new Map<string, StoredDocument>();
  const chosenIn = new Map<string, ChosenSenses>();
  const changed = new Emitter<string>();
  const chose = new Emitter<string>();
  const chosenOf = (key: string): readonly ChosenSense[] => chosenIn.get(key)?.words ?? [];
  const change = (key: string, apply: (document: StoredDocument) => void): void => {
    const document = documents.get(key);
    if (!document) return;
    apply(document);
    changed.fire(key);
  };
  return {
    onDidChange: changed.event,
    onDidChoose: chose.event,
    get: (key) => documents.get(key),
    open(key, version) {
      documents.set(key, new StoredDocument(version, () => chosenOf(key)));
      changed.fire(key);
    },
    edit(key, { version, changes }) {
      const edit = new Edit(changes);
      const chosen = chosenIn.get(key);
      // A list of a later version is in the offsets of the text after this edit already.
      if (chosen && chosen.version < version)
        chosenIn.set(key, { version, words: movedChosen(chosen.words, edit) });
      change(key, (document) => document.edit(version, edit));
    },
    add: (key, version, readings) => change(key, (document) => document.add(version, readings)),
    correct(key, version, words) {
      const before = chosenOf(key);
      if (words.length > 0) chosenIn.set(key, { version, words });
      else chosenIn.delete(key);
      change(key, () => undefined);
      if (!isSame(before, words)) chose.fire(key);
    },
    chosen: chosenOf,
    close(key) {
      if (documents.delete(key)) changed.fire(key);
    },
  };
}

function isSame(some: readonly ChosenSense[], others: readonly ChosenSense[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ start, end, sense }, i) => {
      const other = others[i]!;
      return start === other.start && end === other.end && sense === other.sense;
    })
  );
}

/** The senses a reader chose in one document, in text order, and the version of the text their offsets are in. */
interface ChosenSenses {
  readonly version: number;
  readonly words: readonly ChosenSense[];
}

/** A stretch of a document that has been read, with its words; an edit inside parts the stretch in two. */
interface Stretch {
  /** Offset in the document: the only field that an edit changes, as thousands of stretches move at each key stroke. */
  start: number;
  /** In UTF-16 units; never 0. */
  readonly length: number;
  /** How far before `start` the point lies that the words' offsets are relative to. */
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
  /** Edits after the version of the newest reading: readings still to come may be of a text before them. */
  #edits: { readonly version: number; readonly edit: Edit }[] = [];
  readonly #chosen: () => readonly ChosenSense[];

  constructor(version: number, chosen: () => readonly ChosenSense[]) {
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
    for (const { start, end } of this.#chosen())
      unsure -= this.#predicted(start, end).filter((word) => word.polysemous && word.doubt).length;
    return { words, polysemous, unsure };
  }

  between(start: number, end: number): PackedAnnotation[] {
    return withChosen(this.#predicted(start, end), this.#chosen(), { start, end }, chosenAnnotation);
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
    // Where two words touch at the offset, the second one is meant.
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

  edit(version: number, edit: Edit): void {
    this.#version = version;
    this.#edits.push({ version, edit });
    this.#stretches = edited(this.#stretches, edit);
  }

  add(version: number, readings: readonly PackedReading[]): void {
    // Readings arrive in order, so that no later one is of an older version than this.
    this.#edits = this.#edits.filter((edit) => edit.version > version);
    for (const reading of readings) {
      const { start, end, words, candidates, parts } = reading;
      let span: Span = reading;
      let stretches: Stretch[] = [
        { start, length: end - start, lead: 0, words, candidates, parts, totals: undefined },
      ];
      for (const { edit } of this.#edits) {
        span = edit.grown(span);
        stretches = edited(stretches, edit);
      }
      // Words are counted with each reading, so that asking for the totals never counts a whole novel.
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

/** The stretches after an edit; each change parts the stretch it falls in and drops the words it touches. Reuses them. */
function edited(stretches: readonly Stretch[], edit: Edit): Stretch[] {
  const { changes } = edit;
  const first = lowest(stretches.length, (k) => endOf(stretches[k]!) >= (changes[0]?.start ?? Infinity));
  const result = stretches.slice(0, first);
  /** How many changes lie before the stretch that is kept next. */
  let past = 0;
  const keep = (stretch: Stretch | undefined): void => {
    if (!stretch) return;
    stretch.start += edit.distance(past);
    result.push(stretch);
  };
  for (const stretch of stretches.slice(first)) {
    // One walk through stretches and changes side by side: there may be thousands of both.
    while (past < changes.length && changes[past]!.end < stretch.start) past++;
    let rest: Stretch | undefined = stretch;
    while (rest && past < changes.length && changes[past]!.start <= endOf(rest)) {
      const { start, end } = changes[past]!;
      keep(before(rest, start));
      rest = after(rest, end);
      // A change that leaves no rest may reach into the next stretch, so it is looked at again there.
      if (rest) past++;
    }
    keep(rest);
  }
  return result;
}

/** The part of a stretch before an offset, with the words that end by then. */
function upTo(stretch: Stretch, offset: number): Stretch | undefined {
  const length = Math.min(offset - stretch.start, stretch.length);
  if (length <= 0) return undefined;
  const words = stretch.words.subarray(0, firstWordEndingAfter(stretch, offset) * WORD_FIELDS);
  return { ...stretch, length, words, totals: undefined };
}

/** The part of a stretch after an offset, with the words that begin there or later. */
function from(stretch: Stretch, offset: number): Stretch | undefined {
  const cut = Math.max(0, offset - stretch.start);
  if (cut >= stretch.length) return undefined;
  const { start, length, lead } = stretch;
  const words = stretch.words.subarray(firstWordStartingFrom(stretch, offset) * WORD_FIELDS);
  return { ...stretch, start: start + cut, length: length - cut, lead: lead + cut, words, totals: undefined };
}

/** What an edit that starts at an offset leaves of a stretch before it. A word that ends there may be another now, and goes. */
function before(stretch: Stretch, offset: number): Stretch | undefined {
  const word = firstWordEndingAfter(stretch, offset - 1);
  return upTo(
    stretch,
    word < wordCount(stretch) ? Math.min(offset - 1, wordStart(stretch, word)) : offset - 1,
  );
}

/** What an edit that ends at an offset leaves of a stretch after it. A word that begins there may be another now, and goes. */
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
    if (annotation.doubt) unsure++;
  }
  return { words, polysemous, unsure };
}

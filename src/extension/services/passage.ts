import * as vscode from 'vscode';
import {
  type Annotation,
  type AnnotationStore,
  CancelledError,
  type DocumentAnnotation,
  documentAnnotation,
  type DocumentAnnotations,
  mergeSpans,
  type PackedAnnotation,
  paragraphAt,
  type SenseInventory,
  type Span,
  unpackAnnotation,
} from '../../core';
import { EncoderEndedError } from '../../node/process';
import { readWhole } from '../../engine';
import { Disposables } from './disposables';
import { formatOfDocument, keyOf } from './documents';
import type { Edits } from './edits';
import { withPatience } from './patience';
import type { Place } from './place';
import { rangeOf } from './positions';
import type { OnShare } from './progress';
import type { Scheduler } from './scheduler';
import { Slices } from './slices';

/** Characters waited for at a time, so that progress shows. */
const STRETCH = 10_000;

/** A word of a passage as it stood when it was read. The annotation is packed: a novel has a hundred thousand. */
export interface PassageWord {
  readonly packed: PackedAnnotation;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** What was read in some spans of a document. */
export interface Passage {
  /** Where the spans stand now: edits move them. */
  readonly spans: readonly Span[];
  /** In text order. */
  readonly words: readonly PassageWord[];
}

/** What passages are read with. */
export interface PassageSources {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
  readonly edits: Edits;
}

export function annotationOf({ packed, text }: PassageWord, inventory: SenseInventory): Annotation {
  return unpackAnnotation(packed, text, inventory);
}

/** The word as reports and copies have it. */
export function exportedWord(word: PassageWord, inventory: SenseInventory): DocumentAnnotation {
  const { line, column } = word;
  return documentAnnotation(annotationOf(word, inventory), inventory, () => ({ line, column }));
}

/**
 * Reads spans of a document: waits for those that are being read, and reads once what is not. An edit meanwhile moves the
 * spans, and what it touched is read anew.
 * @param spans in order, without overlap
 * @returns `undefined` when cancelled
 * @throws Error that says why nothing can be read
 */
export async function readPassage(
  document: vscode.TextDocument,
  spans: readonly Span[],
  sources: PassageSources,
  signal: AbortSignal,
  onShare: OnShare,
): Promise<Passage | undefined> {
  let now = spans;
  while (!signal.aborted) {
    const { version } = document;
    const watched = new Disposables();
    const edited = new AbortController();
    watched.add(
      sources.edits.on('passages', (changed, edit) => {
        if (changed !== document) return;
        now = mergeSpans(now.map((span) => edit.grown(span)));
        edited.abort();
      }),
    );
    try {
      const attempt = { document, spans: now, signal: AbortSignal.any([signal, edited.signal]), onShare };
      const words = sources.scheduler.state(document)
        ? await readInStore(attempt, sources)
        : await readOnce(attempt, sources);
      if (words && document.version === version) return { spans: now, words };
    } catch (error) {
      // The process ended, or a setting changed and another is started: the passage is read again.
      if (!(error instanceof CancelledError || error instanceof EncoderEndedError)) throw error;
    } finally {
      watched.dispose();
    }
  }
  return undefined;
}

/** The word at a place, or a message that there is none. @throws as `readPassage` */
export async function wordAt(
  { document, offset }: Place,
  sources: PassageSources,
): Promise<PassageWord | undefined> {
  const end = Math.min(offset + 1, document.getText().length);
  const spans = [{ start: Math.max(0, offset - 1), end }];
  const passage = await withPatience(vscode.l10n.t('Reading the word'), (signal, onShare) =>
    readPassage(document, spans, sources, signal, onShare),
  );
  // Of two words that touch, the one that begins here.
  const word = passage?.words.at(-1);
  if (passage && !word) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no content word here that WordNet knows.'),
    );
  }
  return word;
}

interface Attempt {
  readonly document: vscode.TextDocument;
  readonly spans: readonly Span[];
  readonly signal: AbortSignal;
  readonly onShare: OnShare;
}

/** The words of a document that is being read; `undefined` when it is not any more, or cancelled. */
async function readInStore(attempt: Attempt, sources: PassageSources): Promise<PassageWord[] | undefined> {
  const { document, spans, signal, onShare } = attempt;
  const { store, scheduler } = sources;
  const stretches = spans.flatMap(stretchesOf);
  for (const [i, stretch] of stretches.entries()) {
    if (!(await scheduler.whenRead(document, stretch, signal))) {
      const state = scheduler.state(document);
      if (state?.phase === 'failed') throw new Error(state.message);
      return undefined;
    }
    onShare((i + 1) / stretches.length);
  }
  const annotations = store.get(keyOf(document));
  return annotations && (await collect(attempt, annotations, stretches, 0));
}

/** The words of a document that is not being read: the paragraphs around the spans are read once. */
async function readOnce(
  attempt: Attempt,
  { store, scheduler }: PassageSources,
): Promise<PassageWord[] | undefined> {
  const { document, spans, signal, onShare } = attempt;
  const source = document.getText();
  const paragraphs = mergeSpans(
    spans.map(({ start, end }) => ({
      start: Math.min(start, paragraphAt(source, start).start),
      end: Math.max(end, paragraphAt(source, Math.max(start, end - 1)).end),
    })),
  );
  const words: PassageWord[] = [];
  for (const [i, paragraph] of paragraphs.entries()) {
    const text = source.slice(paragraph.start, paragraph.end);
    const chosen = store
      .chosen(keyOf(document))
      .filter(({ start, end }) => start >= paragraph.start && end <= paragraph.end)
      .map((word) => ({ ...word, start: word.start - paragraph.start, end: word.end - paragraph.start }));
    const whole = { text, format: formatOfDocument(document), chosen };
    const annotations = await scheduler.withEngine((engine) =>
      readWhole(engine, whole, (share) => onShare((i + share) / paragraphs.length), signal),
    );
    if (signal.aborted) return undefined;
    const inside = spans.filter(({ start, end }) => start < paragraph.end && end > paragraph.start);
    const found = await collect(attempt, annotations, inside.flatMap(stretchesOf), paragraph.start);
    if (!found) return undefined;
    for (const word of found) words.push(word);
  }
  return words;
}

/**
 * Gathers the words in stretches of a document; `undefined` when cancelled, as by an edit.
 * @param base where the annotated text begins in the document
 */
async function collect(
  { document, signal }: Attempt,
  annotations: DocumentAnnotations,
  stretches: readonly Span[],
  base: number,
): Promise<PassageWord[] | undefined> {
  const words: PassageWord[] = [];
  const slices = new Slices();
  let reached = -1;
  for (const { start, end } of stretches) {
    for (const found of annotations.between(start - base, end - base)) {
      if (slices.isOver) await slices.pause();
      if (signal.aborted) return undefined;
      const packed = { ...found, start: found.start + base, end: found.end + base };
      // A word across two stretches is in both.
      if (packed.start <= reached) continue;
      reached = packed.start;
      const range = rangeOf(document, packed);
      const text = document.getText(range).replace(/\s+/g, ' ');
      words.push({ packed, text, line: range.start.line + 1, column: range.start.character + 1 });
    }
  }
  return words;
}

function stretchesOf({ start, end }: Span): Span[] {
  const stretches: Span[] = [];
  for (let from = start; from < end; from += STRETCH) {
    stretches.push({ start: from, end: Math.min(end, from + STRETCH) });
  }
  return stretches;
}

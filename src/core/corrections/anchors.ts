import type { ChosenSense } from '../annotations/chosen';
import type { Edit } from '../edits';
import type { Span } from '../model';
import type { SenseInventory } from '../ports';
import { CONTEXT, type Correction, quoteOf, standsAt } from './correction';
import { findQuote, isQuoteAt } from './findQuote';

/** A lost word is looked for so many characters around the place where it vanished. */
const MARGIN = 3 * CONTEXT;

/** A correction in an open document; `span` is `undefined` while its word is lost. */
export interface AnchoredCorrection {
  readonly correction: Correction;
  readonly span: Span | undefined;
}

/**
 * The corrections of one open document. An anchored correction always stands on its word in the present text. A lost correction
 * keeps the place where its word vanished; it is found again when an edit there, such as an undo, brings the word back, or when
 * the text around the word is pasted elsewhere.
 */
export interface Anchors {
  /** Anchored corrections in text order, then lost ones. */
  readonly all: readonly AnchoredCorrection[];
  /** Adds a correction whose quote was taken from the present text; it replaces a correction with the same id. */
  put(correction: Correction): void;
  /** Adds a correction from a file: it is anchored at once if its quote stands where the file says, else by `settle`. */
  find(correction: Correction, text: string): void;
  remove(id: string): void;
  /** Moves all corrections with the text. One near the edit has no span until `settle` has looked at it. */
  edit(edit: Edit): void;
  /** Does `settle` have a correction to look at? */
  readonly needsSettling: boolean;
  /**
   * Anchors the next correction that was near an edit or has to be found, or gives it up as lost.
   * @param text the document's present text
   * @returns whether there may be more to look at
   */
  settle(text: string): boolean;
}

/** The senses that corrections give the words they stand on; a sense that the inventory lacks is left out. */
export function chosenSenses(anchors: Anchors, inventory: SenseInventory): ChosenSense[] {
  return anchors.all.flatMap(({ correction, span }) => {
    const sense = inventory.find(correction.sense);
    return span && sense !== undefined ? [{ ...span, sense }] : [];
  });
}

interface Entry {
  /** If it is anchored, its quote is as the text was when it was anchored last. */
  correction: Correction;
  /** Where the word stands, or where it vanished. */
  place: Span;
  /**
   * `near`: an edit touched the text around the word. `hit`: an edit touched the word itself, or the place where it vanished.
   * `sought`: the word may be anywhere, as the whole text is new, or an edit put in a text that has the lost word in it.
   */
  state: 'anchored' | 'near' | 'hit' | 'sought' | 'lost';
}

/** @param text the document's present text; corrections whose quotes do not stand where they were filed are left to `settle` */
export function createAnchors(text: string, corrections: readonly Correction[]): Anchors {
  const entries = new Map<string, Entry>();

  function unsettled(): Entry | undefined {
    for (const entry of entries.values()) {
      if (entry.state !== 'anchored' && entry.state !== 'lost') return entry;
    }
    return undefined;
  }

  function seek(entry: Entry, whole: string, within: Span): void {
    const { correction, place } = entry;
    const found = findQuote(whole, correction, within, place.start);
    if (found) anchor(entry, whole, found);
    else entry.state = 'lost';
  }

  function anchor(entry: Entry, whole: string, span: Span): void {
    entry.correction = { ...entry.correction, ...quoteOf(whole, span) };
    entry.place = span;
    entry.state = 'anchored';
  }

  function find(correction: Correction, whole: string): void {
    const { id, offset, word } = correction;
    const start = Math.min(offset, whole.length);
    const entry: Entry = { correction, place: { start, end: start }, state: 'sought' };
    entries.set(id, entry);
    if (isQuoteAt(whole, correction, offset))
      anchor(entry, whole, { start: offset, end: offset + word.length });
  }

  for (const correction of corrections) find(correction, text);

  return {
    get all() {
      const list = [...entries.values()].map(({ correction, place, state }): AnchoredCorrection =>
        state === 'anchored'
          ? { correction: { ...correction, offset: place.start }, span: place }
          : { correction, span: undefined },
      );
      const rank = ({ span }: AnchoredCorrection): number => span?.start ?? Infinity;
      return list.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
    },
    put(correction) {
      const { id, offset, word } = correction;
      entries.set(id, {
        correction,
        place: { start: offset, end: offset + word.length },
        state: 'anchored',
      });
    },
    find,
    remove: (id) => void entries.delete(id),
    edit(edit) {
      for (const entry of entries.values()) {
        const { place } = entry;
        const uncut = entry.state === 'anchored' || entry.state === 'near' ? edit.uncut(place) : undefined;
        if (uncut) {
          if (edit.touches(place, CONTEXT)) entry.state = 'near';
        } else if (entry.state === 'anchored' || entry.state === 'near') entry.state = 'hit';
        else if (edit.changes.some(({ text: put }) => put.includes(entry.correction.word)))
          entry.state = 'sought';
        else if (entry.state === 'lost' && edit.touches(place, MARGIN)) entry.state = 'hit';
        // `settle` looks for a lost word in all the text that was put in its place.
        entry.place = uncut ?? edit.grown(place);
      }
    },
    get needsSettling() {
      return unsettled() !== undefined;
    },
    settle(whole) {
      const entry = unsettled();
      if (!entry) return false;
      const { correction, place, state } = entry;
      if (state === 'near' && standsAt(whole, correction.word, place.start)) anchor(entry, whole, place);
      else if (state === 'sought') seek(entry, whole, { start: 0, end: whole.length });
      else seek(entry, whole, { start: place.start - MARGIN, end: place.end + MARGIN });
      return true;
    },
  };
}

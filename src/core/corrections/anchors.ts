import type { ChosenSense } from '../annotations/chosen';
import type { Edit } from '../edits';
import type { Span } from '../model';
import type { SenseInventory } from '../ports';
import { CONTEXT, type Correction, quoteOf, standsAt } from './correction';
import { findQuote, isQuoteAt } from './findQuote';

/** How far around the place where a word vanished it is looked for. */
const MARGIN = 3 * CONTEXT;

/** A correction in the open document; `span` is `undefined` once its word was deleted or rewritten. */
export interface AnchoredCorrection {
  readonly correction: Correction;
  readonly span: Span | undefined;
}

/**
 * The corrections of one open document. An anchored one always stands on its word in the present text. One that lost it
 * keeps the place where it vanished, and is found again when an edit there, such as an undo, brings the word back, or when its
 * passage is pasted elsewhere.
 */
export interface Anchors {
  /** Anchored ones in text order, then lost ones. */
  readonly all: readonly AnchoredCorrection[];
  /** Adds a correction whose quote is of the present text, or replaces the one of its id. */
  put(correction: Correction): void;
  /** Adds a correction: at once where its quote stands as it was filed, else `settle` looks for it. */
  find(correction: Correction, text: string): void;
  remove(id: string): void;
  /** Moves all with the text. What is near an edit is looked at by `settle`; until then it has no span. */
  edit(edit: Edit): void;
  /** Is there one that has to be looked at? */
  readonly needsSettling: boolean;
  /**
   * Looks at the next correction that was near an edit, or has to be found.
   * @param text the present one
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
  /** Its quote is that of the present text, if it is anchored. */
  correction: Correction;
  /** Where the word stands, or where it vanished. */
  place: Span;
  /**
   * `near`: an edit touched what is around the word; `hit`: the word itself, or the place where it vanished; `sought`: it may
   * be anywhere, as the text is new or a text with the lost word came in.
   */
  state: 'anchored' | 'near' | 'hit' | 'sought' | 'lost';
}

/** @param text that of the document now: corrections are found in it by their quotes, the moved ones by `settle` */
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
        // All that came in the place of a word that is gone is looked at.
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

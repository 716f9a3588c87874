import type { DocumentFormat, SenseKey, Span } from '../model';
import type { Lesson } from '../senses/taught';

/**
 * Where a word stands, by what is written there and around it: the text quote and text position selectors of the Web
 * Annotation Data Model (W3C 2017, section 4.2).
 */
export interface Quote {
  /** The word exactly as the document has it, markup inside it included. */
  readonly word: string;
  /** Up to CONTEXT characters before and after it; fewer at the edges of the text. */
  readonly before: string;
  readonly after: string;
  /** Where it stood when this was written: a hint, no more. */
  readonly offset: number;
}

/** A reader's word that a word has this sense. Plain data: it is stored, and crosses processes. */
export interface Correction extends Quote {
  /** Tells it from others, also after a merge. */
  readonly id: string;
  /** The document, as its home names it: a path in the workspace folder, or an address. */
  readonly document: string;
  readonly sense: SenseKey;
  /** The sentence it was made in, as the document had it, and where in it the word is: what can be learnt from. */
  readonly passage: string;
  readonly at: number;
}

/** Enough that two uses of a word are seldom alike, little enough that an edit nearby seldom touches it. */
export const CONTEXT = 40;

const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** The quote of a word in a text. */
export function quoteOf(text: string, { start, end }: Span): Quote {
  return {
    word: text.slice(start, end),
    before: text.slice(Math.max(0, start - CONTEXT), start),
    after: text.slice(end, end + CONTEXT),
    offset: start,
  };
}

/** What a correction teaches. @param format that its document is read in: markup in the passage is understood by it */
export function lessonOf({ sense, passage, at, word }: Correction, format: DocumentFormat): Lesson {
  return { sense, passage, start: at, end: at + word.length, format };
}

/** Does exactly this word stand at an offset, and is it not a part of a longer one? */
export function standsAt(text: string, word: string, start: number): boolean {
  const end = start + word.length;
  return (
    start >= 0 &&
    text.startsWith(word, start) &&
    !LETTER.test(text.charAt(start - 1)) &&
    !LETTER.test(text.charAt(end))
  );
}

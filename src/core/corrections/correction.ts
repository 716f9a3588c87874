import type { DocumentFormat, SenseKey, Span } from '../model';
import type { Lesson } from '../senses/taught';

/**
 * Where a word stands, by what is written there and around it: the text quote and text position selectors of the Web
 * Annotation Data Model (W3C 2017, section 4.2).
 */
export interface Quote {
  /** The word exactly as the document has it, markup inside it included. */
  readonly word: string;
  /** CONTEXT characters before and after the word; fewer at the edges of the text. */
  readonly before: string;
  readonly after: string;
  /** Where the word stood when the quote was taken: only a hint, as the text may have changed since. */
  readonly offset: number;
}

/** A reader says that a word in a document has this sense. Plain data: it is stored, and crosses processes. */
export interface Correction extends Quote {
  /** Unique, also after two files are merged. */
  readonly id: string;
  /** The document: its path in the folder whose `.glossight` holds the correction, or its address. */
  readonly document: string;
  readonly sense: SenseKey;
  /** The sentence of the word, as the document had it, and the word's offset in it (`at`): the lesson is made from them. */
  readonly passage: string;
  readonly at: number;
}

/** Characters of context: enough that two uses of a word seldom have the same, few enough that an edit seldom touches them. */
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

/** The lesson of a correction. @param format of its document: the passage may hold markup */
export function lessonOf({ sense, passage, at, word }: Correction, format: DocumentFormat): Lesson {
  return { sense, passage, start: at, end: at + word.length, format };
}

/** Does this word stand at an offset, as a whole word? */
export function standsAt(text: string, word: string, start: number): boolean {
  const end = start + word.length;
  return (
    start >= 0 &&
    text.startsWith(word, start) &&
    !LETTER.test(text.charAt(start - 1)) &&
    !LETTER.test(text.charAt(end))
  );
}

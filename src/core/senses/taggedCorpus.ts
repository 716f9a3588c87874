import { normaliseForm } from '../language';
import type { PartOfSpeech, SenseKey, Span } from '../model';

/** A sense-tagged token of a corpus; several keys mean that any of them is right. */
export interface TaggedToken {
  readonly text: string;
  readonly lemma: string;
  readonly pos: string;
  readonly id?: string;
  readonly keys?: readonly SenseKey[];
  /** 0: no space before the token in the original. */
  readonly sp?: 0;
}

export interface TaggedSentence {
  readonly id: string;
  readonly doc: string;
  readonly tokens: readonly TaggedToken[];
}

/** A tagged word of a corpus; its span is in the text that `readableText` makes. */
export interface GoldInstance extends Span {
  readonly id: string;
  readonly doc: string;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly keys: readonly SenseKey[];
  /** Index of the word in `TaggedText.words`. */
  readonly word: number;
}

/** Running text made of tagged sentences. */
export interface TaggedText {
  readonly text: string;
  readonly sentences: readonly Span[];
  /** All words (tokens with a letter or digit), and the tagged ones among them. */
  readonly words: readonly Span[];
  readonly instances: readonly GoldInstance[];
}

const PARTS: Readonly<Record<string, PartOfSpeech>> = { NOUN: 'noun', VERB: 'verb', ADJ: 'adj', ADV: 'adv' };

/**
 * Reads one line of a sense-tagged corpus: `{"id","doc","tokens":[{"text","lemma","pos",["id"],["keys"]}]}`.
 * @throws Error naming what the line lacks
 */
export function parseCorpusLine(line: string): TaggedSentence {
  const value = JSON.parse(line) as Partial<TaggedSentence> | null;
  if (typeof value?.id !== 'string' || typeof value.doc !== 'string')
    throw new Error('"id" or "doc" is missing');
  if (!Array.isArray(value.tokens)) throw new Error('"tokens" is missing');
  for (const token of value.tokens as Partial<TaggedToken>[]) {
    if (typeof token.text !== 'string') throw new Error('a token has no "text"');
    if (token.keys && (typeof token.lemma !== 'string' || !Object.hasOwn(PARTS, token.pos ?? ''))) {
      throw new Error(
        `the tagged token "${token.text}" has no "lemma", or a "pos" other than NOUN, VERB, ADJ, ADV`,
      );
    }
  }
  return value as TaggedSentence;
}

/**
 * Running text as a reader would see it. Corpora keep tokens, so that spaces and quotation marks have to be put back.
 * Sentences are joined by a space, as in one paragraph.
 */
export function readableText(tagged: readonly TaggedSentence[]): TaggedText {
  let text = '';
  const sentences: Span[] = [];
  const words: Span[] = [];
  const instances: GoldInstance[] = [];
  for (const sentence of tagged) {
    if (text !== '') text += ' ';
    const sentenceStart = text.length;
    let previous = '';
    let openQuote = false;
    for (const token of sentence.tokens) {
      const form = QUOTES[token.text] ?? token.text;
      const closes: boolean = form === '"' && (token.text === "''" || (token.text === '"' && openQuote));
      const joins =
        text.length === sentenceStart ||
        token.sp === 0 ||
        closes ||
        NO_SPACE_BEFORE.test(form) ||
        NO_SPACE_AFTER.test(previous);
      if (!joins) text += ' ';
      const span = { start: text.length, end: text.length + form.length };
      text += form;
      if (form === '"') openQuote = !closes;
      // An opening quote binds to what follows, a closing one to what came before.
      previous = form === '"' ? (closes ? '' : '(') : form;
      const tagged = token.keys !== undefined && token.keys.length > 0;
      if (tagged || /[\p{L}\p{N}]/u.test(form)) words.push(span);
      if (tagged) {
        instances.push({
          ...span,
          word: words.length - 1,
          id: token.id ?? `${sentence.id}.${instances.length}`,
          doc: sentence.doc,
          lemma: normaliseForm(token.lemma),
          partOfSpeech: PARTS[token.pos]!,
          keys: token.keys,
        });
      }
    }
    sentences.push({ start: sentenceStart, end: text.length });
  }
  return { text, sentences, words, instances };
}

const QUOTES: Readonly<Record<string, string>> = { '``': '"', "''": '"', '-LRB-': '(', '-RRB-': ')' };
const NO_SPACE_BEFORE = /^(?:[.,;:!?)\]}%]|\.\.\.|n['’]t|['’](?:s|re|ve|ll|d|m)?)$/iu;
const NO_SPACE_AFTER = /^[([{$£#]$/u;

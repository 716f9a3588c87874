import type { Abstention, FoundWords, Word } from '../languagePack';
import type { PartOfSpeech, Sentence, Span, Tag, Token } from '../model';
import type { Term } from '../ports';
import { lowest } from '../util/search';

const TAGS: Readonly<Record<PartOfSpeech, Tag>> = { noun: 'NOUN', verb: 'VERB', adj: 'ADJ', adv: 'ADV' };
/** A sign that is no joint between words. */
const SIGN = /[^\p{L}\p{M}\p{N}\s'’‐‑-]/u;

/**
 * Sentences in which no term is cut: `Node.js` is one token and ends no sentence. Words of a term that a tagger tells apart stay apart.
 * @param terms in text order
 */
export function keepTerms(
  sentences: readonly Sentence[],
  terms: readonly Term[],
  text: string,
): readonly Sentence[] {
  if (terms.length === 0) return sentences;
  const kept: Sentence[] = [];
  let t = 0;
  for (let i = 0; i < sentences.length; i++) {
    const tokens = [...sentences[i]!.tokens];
    for (;;) {
      while (t < terms.length && terms[t]!.end <= sentences[i]!.end) t++;
      const next = sentences[i + 1];
      if (!next || !terms[t] || terms[t]!.start >= sentences[i]!.end || terms[t]!.end <= next.start) break;
      tokens.push(...next.tokens);
      i++;
    }
    kept.push({ start: tokens[0]!.start, end: tokens.at(-1)!.end, tokens });
  }
  let first = 0;
  return kept.map((sentence) => {
    while (first < terms.length && terms[first]!.end <= sentence.start) first++;
    let last = first;
    while (last < terms.length && terms[last]!.start < sentence.end) last++;
    const own = terms.slice(first, last);
    return own.length === 0 ? sentence : { ...sentence, tokens: joined(sentence.tokens, own, text) };
  });
}

function joined(tokens: readonly Token[], terms: readonly Term[], text: string): readonly Token[] {
  const edges = new Set(terms.flatMap(({ start, end }) => [start, end]));
  const pieces = tokens.flatMap((token) => cut(token, edges));
  const result: Token[] = [];
  let i = 0;
  for (const { start, end, lemmas } of terms) {
    while (i < pieces.length && pieces[i]!.end <= start) result.push(pieces[i++]!);
    for (const { 0: form, index } of text.slice(start, end).matchAll(/\S+/g)) {
      const own: Token[] = [];
      while (i < pieces.length && pieces[i]!.start < start + index + form.length) own.push(pieces[i++]!);
      const isCut = own.some(
        (token, k) => k > 0 && /[\p{L}\p{N}]$/u.test(own[k - 1]!.text) && /^[\p{L}\p{N}]/u.test(token.text),
      );
      if (own.length > 1 && (isCut || SIGN.test(form))) {
        const tag = TAGS[lemmas[0]!.partOfSpeech];
        result.push({ start: own[0]!.start, end: own.at(-1)!.end, text: form, tag });
      } else result.push(...own);
    }
  }
  return [...result, ...pieces.slice(i)];
}

/** A token parted where a term begins or ends in it. */
function cut(token: Token, edges: ReadonlySet<number>): readonly Token[] {
  const parts: Token[] = [];
  let from = token.start;
  for (let at = token.start + 1; at <= token.end; at++) {
    if (at < token.end && !edges.has(at)) continue;
    parts.push({
      ...token,
      start: from,
      end: at,
      text: token.text.slice(from - token.start, at - token.start),
    });
    from = at;
  }
  return parts;
}

/**
 * The words and abstentions of a paragraph with its terms among them: a term is a word, whether the language abstains from it or takes it for
 * something else.
 * @param terms in text order, as all else
 * @param sentences as `keepTerms` gives them
 */
export function layTerms(
  found: FoundWords,
  terms: readonly Term[],
  sentences: readonly Sentence[],
  text: string,
): FoundWords {
  if (terms.length === 0) return found;
  const words: Word[] = [];
  const abstentions: Abstention[] = [];
  let [w, a, s] = [0, 0, 0];
  terms.forEach((term, i) => {
    while (w < found.words.length && found.words[w]!.end <= term.start) words.push(found.words[w++]!);
    while (a < found.abstentions.length && found.abstentions[a]!.end <= term.start)
      abstentions.push(found.abstentions[a++]!);
    while (sentences[s + 1] && sentences[s + 1]!.start <= term.start) s++;
    const over = until(found.words, w, term.end);
    const silent = until(found.abstentions, a, term.end);
    const tokens = sentences[s]!.tokens;
    if (!isWord(term, over, silent, text, tokens)) {
      const [word] = over;
      if (word && isSame(word, term)) {
        words.push(asTerm(word));
        w++;
      }
      return;
    }
    const { start, end, lemmas } = term;
    // What is left of units that the term cuts.
    const apart = over.filter((word) => !contains(term, word)).flatMap(({ parts = [] }) => parts);
    const parts = over.filter((word) => contains(term, word) && !isSame(word, term));
    const { tag } = tokens[lowest(tokens.length, (k) => tokens[k]!.start >= end) - 1]!;
    words.push(
      ...apart.filter((part) => part.end <= start),
      { start, end, text: text.slice(start, end), tag, lemmas, ...(parts.length > 0 ? { parts } : {}) },
      ...apart.filter((part) => part.start >= end && part.end <= (terms[i + 1]?.start ?? Infinity)),
    );
    w += over.length;
    // A name that the term is a part of stays a name.
    abstentions.push(...silent.filter((one) => contains(one, term) && !isSame(one, term)));
    a += silent.length;
  });
  words.push(...found.words.slice(w));
  abstentions.push(...found.abstentions.slice(a));
  return { words, abstentions };
}

/** A word that the project knows: it is no name of anything else, and if it is a unit its words are meant together. */
function asTerm({ start, end, text, tag, lemmas, parts }: Word): Word {
  return { start, end, text, tag, lemmas, ...(parts ? { parts } : {}) };
}

/** Is a term the word here, rather than what the language found? */
function isWord(
  term: Term,
  words: readonly Word[],
  abstentions: readonly Abstention[],
  text: string,
  tokens: readonly Token[],
): boolean {
  const own = text.slice(term.start, term.end);
  const [word] = words;
  // It has been found, or is a part of a longer unit.
  if (word && contains(word, term))
    return isSame(word, term) && term.isWritten && !word.lemmas.some(({ senses }) => hasOneOf(senses, term));
  const silent = abstentions.find((one) => isSame(one, term));
  if (!silent) return term.isWritten || SIGN.test(own);
  if (silent.reason !== 'function word' && silent.reason !== 'auxiliary') return true;
  // "it" is not the IT of a company; nor need "It" be, where a sentence begins.
  const isInitial = !tokens.some(({ end, text: form }) => end <= term.start && /[\p{L}\p{N}]/u.test(form));
  return term.isWritten && !(isInitial && term.isCapitalised && !/\p{Lu}/u.test(own.slice(1)));
}

function hasOneOf(senses: readonly number[], { lemmas }: Term): boolean {
  return lemmas.some((entry) => entry.senses.some((sense) => senses.includes(sense)));
}

/** The spans from one on that begin before a place. */
function until<T extends Span>(spans: readonly T[], from: number, end: number): readonly T[] {
  let to = from;
  while (to < spans.length && spans[to]!.start < end) to++;
  return spans.slice(from, to);
}

function isSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

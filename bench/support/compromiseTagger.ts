import nlp from 'compromise/two';
import type { Sentence, Tag, Token } from '../../src/core/model';
import type { Tagger } from '../../src/core/ports';

/** The fields of a term in compromise's JSON. */
interface Term {
  readonly text: string;
  readonly tags: readonly string[];
  readonly offset: { readonly start: number; readonly length: number };
}

/** Universal tags by compromise's. The first match counts, as compromise gives a term also all more general tags. */
const TAGS: readonly (readonly [theirs: string, ours: Tag])[] = [
  ['Pronoun', 'PRON'],
  ['ProperNoun', 'PROPN'],
  ['Auxiliary', 'AUX'],
  ['Modal', 'AUX'],
  ['Copula', 'AUX'],
  ['Verb', 'VERB'],
  ['Value', 'NUM'],
  ['Noun', 'NOUN'],
  ['Adjective', 'ADJ'],
  ['Adverb', 'ADV'],
  ['Negative', 'PART'],
  ['Determiner', 'DET'],
  ['Preposition', 'ADP'],
  ['Conjunction', 'CCONJ'],
  ['QuestionWord', 'PRON'],
  ['Expression', 'INTJ'],
];

/** Matches clitics, which are separate tokens in corpora and for wink. */
const CLITIC = /^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$/iu;

/**
 * compromise as a `Tagger`, with tags only (its larger build adds phrases). It drops punctuation and joins clitics. Both are put
 * back here, so that only its sentences and tags differ from wink's.
 */
export function createCompromiseTagger(): Tagger {
  return {
    name: 'compromise',
    tag(text) {
      const parsed = nlp(text).json({ offset: true, terms: { offset: true, tags: true } }) as readonly {
        readonly terms: readonly Term[];
      }[];
      const sentences: Sentence[] = [];
      let at = 0;
      parsed.forEach(({ terms }, i) => {
        const tokens: Token[] = [];
        for (const term of terms) {
          // The second half of a contraction has no text, and offsets may be wrong, so terms are searched for in the text.
          if (term.text === '') continue;
          const start = text.indexOf(term.text, at);
          if (start < 0) continue;
          tokens.push(...marks(text, at, start));
          at = start + term.text.length;
          tokens.push(...words(term, start));
        }
        // Text before the next sentence's first word belongs to this sentence, except for opening quotes.
        const next = parsed[i + 1]?.terms.find((term) => term.text !== '');
        const end = next ? text.indexOf(next.text, at) : text.length;
        const trailing = /^[^\s]*/.exec(text.slice(at, end < 0 ? at : end))![0].length;
        tokens.push(...marks(text, at, at + trailing));
        at += trailing;
        if (tokens.length > 0) sentences.push({ start: tokens[0]!.start, end: tokens.at(-1)!.end, tokens });
      });
      return sentences;
    },
  };
}

function words({ text, tags }: Term, start: number): Token[] {
  const tag = TAGS.find(([theirs]) => tags.includes(theirs))?.[1] ?? 'X';
  const end = start + text.length;
  const [, stem, clitic] = CLITIC.exec(text) ?? [];
  if (stem === undefined || clitic === undefined) return [{ start, end, text, tag }];
  const middle = start + stem.length;
  return [
    { start, end: middle, text: stem, tag },
    { start: middle, end, text: clitic, tag: 'PART' },
  ];
}

/** The punctuation marks between two words, each as a token. */
function marks(text: string, from: number, to: number): Token[] {
  return [...text.slice(from, to).matchAll(/\S/gu)].map(({ 0: mark, index }) => ({
    start: from + index,
    end: from + index + mark.length,
    text: mark,
    tag: 'PUNCT',
  }));
}

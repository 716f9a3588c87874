import { type Annotation, annotate, annotateMonosemous } from './annotations/annotation';
import { CancelledError, type SenseInventory } from './ports';
import type { SenseRanker } from './senses/nearest';
import type { FittedValues } from './bundle/fitted';
import type { LayerRule, SenseId, Sentence, Span, Token } from './model';
import { type Paragraph, sourceSpan } from './prose/prose';
import type { Abstention, AbstentionRules, FoundWords, LanguagePack, Word } from './languagePack';
import { keepTerms, layTerms } from './project/terms';
import { type Embedder, embedWords } from './vectors/embed';

/** What reading one language needs, wired once by `createEngine`. */
export interface PipelineDeps extends Embedder {
  readonly pack: LanguagePack;
  readonly inventory: SenseInventory;
  readonly ranker: SenseRanker;
  readonly fitted: FittedValues;
  readonly layer: LayerRule;
  readonly rules: AbstentionRules;
}

/** Annotations and abstentions of one paragraph, in text order. */
export interface Reading {
  readonly annotations: readonly Annotation[];
  readonly abstentions: readonly Abstention[];
  /** Only if tokens were requested. */
  readonly paragraph?: TokenisedParagraph;
}

/** A paragraph with all its tokens. Offsets of tokens are in the document, like those of annotations. */
export interface TokenisedParagraph extends Span {
  readonly kind: Paragraph['kind'];
  /** Markup removed. */
  readonly text: string;
  /** Empty for a paragraph that no language pack owns. */
  readonly sentences: readonly { readonly tokens: readonly DocumentToken[] }[];
}

export interface DocumentToken extends Token {
  /** White space in the paragraph's text between the token before and this one; may be empty. */
  readonly spaceBefore: string;
}

/** A reading with the raw vector of each annotation; `undefined` for a word without word pieces, such as one of marks alone. */
export interface ParagraphReading<L> extends Omit<Reading, 'paragraph'> {
  /** Language of the paragraph; `undefined` where no language pack owns it. */
  readonly language: L | undefined;
  /** Offsets are in the paragraph's text. */
  readonly sentences: readonly Sentence[];
  readonly vectors: readonly (Float32Array | undefined)[];
}

/** Characters read at once: enough windows to fill the encoder's batches, few enough to cancel promptly. */
const BATCH_CHARACTERS = 16_000;

/**
 * The product on one screen: paragraphs → language → sentences and tokens → words and candidates → vectors → nearest
 * sense → annotations. One reading per paragraph.
 * @param languages in the order in which they are asked whether a paragraph is theirs
 * @throws CancelledError
 */
export async function readParagraphs<L extends PipelineDeps>(
  paragraphs: readonly Paragraph[],
  languages: readonly L[],
  signal?: AbortSignal,
  urgent?: boolean,
): Promise<readonly ParagraphReading<L>[]> {
  const parsed = paragraphs.map((paragraph) => parse(paragraph, languages));
  const spans = parsed.map(spansOf);
  const vectors = parsed.map((): readonly (Float32Array | undefined)[] => []);
  for (const language of languages) {
    const own = [...parsed.keys()].filter((i) => parsed[i]!.language === language);
    const requests = own.map((i) => {
      const { paragraph, sentences } = parsed[i]!;
      return { text: paragraph.text, sentences, words: spans[i]! };
    });
    const found = await embedWords(requests, language.layer, language, signal, urgent);
    own.forEach((i, k) => (vectors[i] = found[k]!));
  }
  return parsed.map((one, i) => decide(one, new Map(spans[i]!.map((span, k) => [span, vectors[i]![k]]))));
}

/**
 * Reads any number of paragraphs in order, a batch of readings at a time.
 * @param withTokens whether readings carry the tokens of their paragraphs
 * @throws CancelledError
 */
export async function* analyse(
  paragraphs: readonly Paragraph[],
  languages: readonly PipelineDeps[],
  signal?: AbortSignal,
  withTokens = false,
): AsyncGenerator<readonly Reading[]> {
  for (const batch of batches(paragraphs)) {
    if (signal?.aborted) throw new CancelledError();
    const read = await readParagraphs(batch, languages, signal);
    yield read.map(({ annotations, abstentions, sentences }, i) => ({
      annotations,
      abstentions,
      ...(withTokens ? { paragraph: tokenised(batch[i]!, sentences) } : {}),
    }));
  }
}

function tokenised(paragraph: Paragraph, sentences: readonly Sentence[]): TokenisedParagraph {
  const { text, kind, source } = paragraph;
  let reached = 0;
  const inDocument = (token: Token): DocumentToken => {
    const spaceBefore = text.slice(reached, token.start);
    reached = token.end;
    return { ...token, ...sourceSpan(paragraph, token.start, token.end), spaceBefore };
  };
  return {
    ...source,
    kind,
    text,
    sentences: sentences.map(({ tokens }) => ({ tokens: tokens.map(inDocument) })),
  };
}

interface ParsedParagraph<L> {
  readonly paragraph: Paragraph;
  readonly language: L | undefined;
  readonly sentences: readonly Sentence[];
  /** In text order, like the abstentions; offsets are in the paragraph's text. */
  readonly words: readonly Word[];
  readonly abstentions: readonly Abstention[];
}

/** Everything before the encoder: finds the words of a paragraph, in the first language whose pack owns it. */
export function parse<L extends Pick<PipelineDeps, 'pack' | 'inventory' | 'rules'>>(
  paragraph: Paragraph,
  languages: readonly L[],
): ParsedParagraph<L> {
  const { text, kind } = paragraph;
  const language = languages.find(({ pack, rules }) => rules === 'none' || pack.owns(text, kind));
  if (!language) {
    const whole: Abstention = { start: 0, end: text.length, text: '', reason: 'no language pack' };
    return { paragraph, language, sentences: [], words: [], abstentions: [whole] };
  }
  const { pack, inventory, rules } = language;
  const readable = ({ start, end }: Span): boolean =>
    !paragraph.opaque.some((span) => start < span.end && end > span.start);
  const terms = (inventory.terms?.(text) ?? []).filter(readable);
  const sentences = keepTerms(pack.tagger.tag(text), terms, text);
  const each = sentences.map((sentence) => pack.findWords(sentence, text, inventory, rules));
  const found: FoundWords = {
    words: each.flatMap(({ words }) => words),
    abstentions: each.flatMap(({ abstentions }) => abstentions),
  };
  const { words, abstentions } = layTerms(found, terms, sentences, text);
  return {
    paragraph,
    language,
    sentences,
    words: words.filter(readable),
    abstentions: abstentions.filter(readable),
  };
}

/** Has the word several senses to choose from, as one part of speech or as several? */
export function isPolysemous({ lemmas }: Word): boolean {
  return lemmas.length > 1 || lemmas[0]!.senses.length > 1;
}

/** All that needs a vector, in text order: words, the words in multiword units, and names. */
function spansOf({ words, abstentions }: ParsedParagraph<unknown>): readonly (Word | Abstention)[] {
  const names = abstentions.filter(({ reason }) => reason === 'proper name');
  return [...words.flatMap((word) => [word, ...(word.parts ?? [])]), ...names].sort(
    (one, other) => one.start - other.start,
  );
}

/** Everything after the encoder: annotates the words of a paragraph by their vectors. @param vectorOf of all in `spansOf` */
function decide<L extends PipelineDeps>(
  { paragraph, language, sentences, words, abstentions }: ParsedParagraph<L>,
  vectorOf: ReadonlyMap<Word | Abstention, Float32Array | undefined>,
): ParagraphReading<L> {
  const inSource = (abstention: Abstention): Abstention => ({
    ...abstention,
    ...sourceSpan(paragraph, abstention.start, abstention.end),
  });
  if (!language)
    return { language, annotations: [], vectors: [], sentences, abstentions: abstentions.map(inSource) };
  const decideOne = (word: Word): Annotation | Abstention | undefined =>
    decideWord(word, vectorOf.get(word), sourceSpan(paragraph, word.start, word.end), language);
  const annotations: Annotation[] = [];
  const own: (Float32Array | undefined)[] = [];
  const others = abstentions.map((abstention): Abstention => {
    const of = nameOf(vectorOf.get(abstention), language);
    return of === undefined ? inSource(abstention) : { ...inSource(abstention), of };
  });
  const meant = words.flatMap((word) => {
    if (!isMeantApart(word, vectorOf.get(word), language)) return word;
    others.push(...word.apart!.abstentions.map(inSource));
    return word.parts!;
  });
  for (const word of meant) {
    const decided = decideOne(word);
    if (!decided) continue;
    if ('reason' in decided) {
      // "Shaw" in "Mr. Shaw" needs no abstention beside that of the whole name.
      if (!others.some(({ start, end }) => start <= decided.start && decided.end <= end))
        others.push(decided);
      continue;
    }
    const parts = (word.parts ?? []).map(decideOne).filter((part) => part !== undefined && 'sense' in part);
    annotations.push(parts.length > 0 ? { ...decided, parts } : decided);
    own.push(vectorOf.get(word));
  }
  return {
    language,
    annotations,
    vectors: own,
    sentences,
    abstentions: others.sort((a, b) => a.start - b.start),
  };
}

/** Are the words of a unit meant one by one, where that is in question? Its vector is then nearer to a sense of its first word. */
function isMeantApart(
  { apart, parts, lemmas }: Word,
  vector: Float32Array | undefined,
  { ranker, inventory, fitted }: PipelineDeps,
): boolean {
  const [head] = parts ?? [];
  if (!apart || !head || !vector) return false;
  const nearest = (candidates: readonly SenseId[]): number =>
    Math.max(...ranker.rank(vector, candidates).map(({ cosine }) => cosine));
  const { partOfSpeech } = lemmas[0]!;
  const literal = candidatesOf(head).filter((sense) => inventory.partOfSpeech(sense) === partOfSpeech);
  if (literal.length === 0) return false;
  const evidence = fitted.recipe.sharpness * (nearest(candidatesOf({ lemmas })) - nearest(literal));
  return evidence + apart.logOdds < 0;
}

/** The annotation of a word, or an abstention if it is rather a name; `undefined` for a polysemous word without a vector. */
function decideWord(
  word: Word,
  vector: Float32Array | undefined,
  span: Span,
  { pack, inventory, ranker, fitted }: PipelineDeps,
): Annotation | Abstention | undefined {
  const own = candidatesOf(word);
  const names = word.mayBeName && vector && pack.names ? pack.names.senses(inventory) : [];
  if (!isPolysemous(word) && names.length === 0) return annotateMonosemous(word, word.lemmas[0]!, span);
  if (!vector) return undefined;
  const ranked = ranker.rank(vector, [...own, ...names], word.tag);
  const best = ranked[0]!;
  if (names.includes(best.sense) && (word.mayBeName === 'likely' || best.cosine >= fitted.nameCosine))
    return { ...span, text: word.text, reason: 'proper name', of: best.sense };
  const annotation = annotate(
    word,
    span,
    ranked.filter(({ sense }) => own.includes(sense)),
    fitted,
    inventory,
  );
  // The person that the inventory knows of this name is one of many.
  return pack.names?.isKnownPerson(annotation.sense, inventory)
    ? { ...annotation, doubt: annotation.doubt ?? 'between two senses' }
    : annotation;
}

/** What a name names, judged by its vector: a sense of "person", "location" or "group"; `undefined` where none is near. */
function nameOf(
  vector: Float32Array | undefined,
  { pack, inventory, ranker, fitted }: PipelineDeps,
): SenseId | undefined {
  const names = vector && pack.names ? pack.names.senses(inventory) : [];
  const best = names.length > 0 ? ranker.rank(vector!, names)[0]! : undefined;
  return best && best.cosine >= fitted.nameCosine ? best.sense : undefined;
}

/** All senses of all lemmas that the word may be a form of. */
function candidatesOf({ lemmas }: Pick<Word, 'lemmas'>): readonly SenseId[] {
  return [...new Set(lemmas.flatMap(({ senses }) => senses))];
}

function* batches(paragraphs: readonly Paragraph[]): Generator<readonly Paragraph[]> {
  let batch: Paragraph[] = [];
  let characters = 0;
  for (const paragraph of paragraphs) {
    if (characters > 0 && characters + paragraph.text.length > BATCH_CHARACTERS) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(paragraph);
    characters += paragraph.text.length;
  }
  if (batch.length > 0) yield batch;
}

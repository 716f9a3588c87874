import { type Annotation, annotate, annotateMonosemous } from './annotations/annotation';
import { CancelledError, type CancellationToken, type SenseInventory, type Tagger } from './ports';
import type { SenseRanker } from './senses/nearest';
import type { Recipe } from './senses/recipes';
import type { LayerRule, SenseId, Sentence } from './model';
import type { EnglishTest } from './text/language';
import { type Paragraph, sourceSpan } from './text/prose';
import { type Abstention, type AbstentionRules, findWords, type Word } from './text/words';
import { type Embedder, embedWords } from './vectors/embed';

/** What reading needs, wired once by `createReader`. */
export interface PipelineDeps extends Embedder {
  readonly inventory: SenseInventory;
  readonly tagger: Tagger;
  readonly ranker: SenseRanker;
  readonly recipe: Recipe;
  readonly layer: LayerRule;
  readonly rules: AbstentionRules;
  readonly isEnglish: EnglishTest;
}

/** What was read in one paragraph, in text order. */
export interface Reading {
  readonly annotations: readonly Annotation[];
  readonly abstentions: readonly Abstention[];
}

/** A reading with the raw vector of each annotation; a word of nothing but marks has none. */
export interface ParagraphReading extends Reading {
  readonly vectors: readonly (Float32Array | undefined)[];
}

/** Characters read at once: enough windows to fill the encoder's batches, few enough to cancel promptly. */
const BATCH_CHARACTERS = 16_000;

/**
 * The product on one screen: paragraphs → sentences and tokens → words and candidates → vectors → nearest
 * sense → annotations. One reading per paragraph.
 * @throws CancelledError
 */
export async function readParagraphs(
  paragraphs: readonly Paragraph[],
  deps: PipelineDeps,
  token?: CancellationToken,
  urgent?: boolean,
): Promise<readonly ParagraphReading[]> {
  const parsed = paragraphs.map((paragraph) => parse(paragraph, deps));
  const vectors = await embedWords(
    parsed.map(({ paragraph, sentences, words }) => ({
      text: paragraph.text,
      sentences,
      words,
    })),
    deps.layer,
    deps,
    token,
    urgent,
  );
  return parsed.map((paragraph, i) => decide(paragraph, vectors[i]!, deps));
}

/** Reads any number of paragraphs in order, a batch of readings at a time. @throws CancelledError */
export async function* analyse(
  paragraphs: readonly Paragraph[],
  deps: PipelineDeps,
  token?: CancellationToken,
): AsyncGenerator<readonly Reading[]> {
  for (const batch of batches(paragraphs)) {
    if (token?.isCancellationRequested) throw new CancelledError();
    const read = await readParagraphs(batch, deps, token);
    yield read.map(({ annotations, abstentions }) => ({ annotations, abstentions }));
  }
}

interface ParsedParagraph {
  readonly paragraph: Paragraph;
  readonly sentences: readonly Sentence[];
  /** In text order. */
  readonly words: readonly Word[];
  readonly abstentions: readonly Abstention[];
}

/** Text to words: everything before the encoder. */
export function parse(
  paragraph: Paragraph,
  { tagger, inventory, rules, isEnglish }: Pick<PipelineDeps, 'tagger' | 'inventory' | 'rules' | 'isEnglish'>,
): ParsedParagraph {
  const { text } = paragraph;
  if (rules === 'reader' && !isEnglish(text, paragraph.kind)) {
    const whole: Abstention = { ...paragraph.source, text: '', reason: 'not English' };
    return { paragraph, sentences: [], words: [], abstentions: [whole] };
  }
  const sentences = tagger.tag(text);
  const found = sentences.map((sentence) => findWords(sentence, text, inventory, rules));
  const readable = ({ start, end }: Word | Abstention): boolean =>
    !paragraph.opaque.some((span) => start < span.end && end > span.start);
  return {
    paragraph,
    sentences,
    words: found.flatMap(({ words }) => words).filter(readable),
    abstentions: found
      .flatMap(({ abstentions }) => abstentions)
      .filter(readable)
      .map((abstention) => ({ ...abstention, ...sourceSpan(paragraph, abstention.start, abstention.end) })),
  };
}

/** Several senses to choose from, of one part of speech or over several. */
export function isPolysemous({ lemmas }: Word): boolean {
  return lemmas.length > 1 || lemmas[0]!.senses.length > 1;
}

/** Vectors to annotations: everything after the encoder. */
function decide(
  parsed: ParsedParagraph,
  vectors: readonly (Float32Array | undefined)[],
  deps: PipelineDeps,
): ParagraphReading {
  const { paragraph, words, abstentions } = parsed;
  const { inventory, ranker, recipe } = deps;
  const decided = words.flatMap((word, i) => {
    const span = sourceSpan(paragraph, word.start, word.end);
    const vector = vectors[i];
    if (!isPolysemous(word))
      return [{ annotation: annotateMonosemous(word, word.lemmas[0]!, span, inventory), vector }];
    if (!vector) return []; // nothing but marks the encoder does not read
    const ranked = ranker.rank(vector, candidatesOf(word), word.tag);
    return [{ annotation: annotate(word, span, ranked, recipe, inventory), vector }];
  });
  return {
    annotations: decided.map(({ annotation }) => annotation),
    vectors: decided.map(({ vector }) => vector),
    abstentions,
  };
}

/** Every sense of every lemma the word may stand for. */
function candidatesOf({ lemmas }: Word): readonly SenseId[] {
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

import type { PartOfSpeech, Span } from '../core';
import type { RankedSense } from '../core';
import { probabilitiesOf } from '../core';
import type { Recipe } from '../core';
import { cosine } from '../core';
import { readableText, type TaggedText } from '../core';
import { fitLogistic } from './logisticRegression';

/** A word in a sentence: the sentence as running text, and the word's span in it. */
export interface WicUse {
  readonly text: string;
  readonly word: Span;
}

/** Two uses of one word, and whether they have one sense (Word-in-Context: Pilehvar & Camacho-Collados 2019). */
export interface UsePair {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly uses: readonly [WicUse, WicUse];
  readonly same: boolean;
}

/** A sense that a use may have, with its cosine and score. */
export interface UseSense extends Pick<RankedSense, 'sense' | 'cosine' | 'score'> {
  readonly supersense: string;
}

/** Form, vector and ranked senses of the word in one use. */
export interface UseReading {
  readonly form: string;
  /** Standardised. */
  readonly vector: Float32Array;
  /** The senses of the word, best first; one ranking per kind of sense vectors. */
  readonly rankings: readonly (readonly UseSense[])[];
}

/** Evidence that two uses have the same sense. */
export interface PairEvidence {
  /** Cosine of the two standardised vectors. */
  readonly cosine: number;
  readonly sameForm: boolean;
  /** How many senses the word has. */
  readonly senses: number;
  /** The evidence of the rankings, one per kind of sense vectors. */
  readonly rankings: readonly RankingEvidence[];
}

export interface RankingEvidence {
  readonly sameSense: boolean;
  /** Probability that both have the same sense: the sum, over senses, of the product of both probabilities. */
  readonly probability: number;
  /** Probability that both have the same supersense. */
  readonly supersense: number;
  /** Bhattacharyya coefficient of the probabilities: 1 if both uses have the same, even if these are unsure. */
  readonly overlap: number;
  /** Sum of both entropies in nats: how unsure the senses are. */
  readonly entropy: number;
  /** Correlation of the two uses' cosines with the senses; 1 with fewer than three senses, where it says nothing more. */
  readonly agreement: number;
}

/** Accuracy in percent. */
export interface PairScores {
  /** A threshold of the cosine. */
  readonly threshold: number;
  /** Is the predicted sense the same, by the first kind of sense vectors? */
  readonly senses: number;
  /** A logistic regression over the evidence. */
  readonly combination: number;
}

export interface LabelledEvidence {
  readonly lemma: string;
  readonly evidence: PairEvidence;
  readonly same: boolean;
}

/**
 * Reads one line of Word-in-Context: word, N or V, the places of both words among the tokens ("i-j"), and both sentences as
 * tokens, with tabs between.
 * @throws Error naming what the line lacks
 */
export function parsePairLine(line: string): Omit<UsePair, 'same'> {
  const fields = line.split('\t');
  if (fields.length !== 5) throw new Error(`there are ${fields.length} fields, not 5`);
  const [lemma, tag, places, ...sentences] = fields as [string, string, string, string, string];
  if (tag !== 'N' && tag !== 'V') throw new Error(`"${tag}" is neither N nor V`);
  const indices = /^(\d+)-(\d+)$/.exec(places);
  if (!indices) throw new Error(`"${places}" is no pair of places such as 2-5`);
  const use = (i: 0 | 1): WicUse => useOf(sentences[i].trim().split(/ +/), Number(indices[i + 1]));
  return {
    lemma: lemma.toLowerCase().replaceAll(' ', '_'),
    partOfSpeech: tag === 'N' ? 'noun' : 'verb',
    uses: [use(0), use(1)],
  };
}

function useOf(tokens: readonly string[], place: number): WicUse {
  const read = (end: number): TaggedText =>
    readableText([
      { id: '', doc: '', tokens: tokens.slice(0, end).map((text) => ({ text, lemma: '', pos: 'X' })) },
    ]);
  const { text, words } = read(tokens.length);
  const before = read(place).words.length;
  if (read(place + 1).words.length === before) throw new Error(`there is no word at place ${place}`);
  return { text, word: words[before]! };
}

/** @param recipes one per ranking, to compute probabilities from scores */
export function compareUses(
  a: UseReading,
  b: UseReading,
  recipes: readonly Pick<Recipe, 'sharpness'>[],
): PairEvidence {
  return {
    cosine: cosine(a.vector, b.vector),
    sameForm: a.form.toLowerCase() === b.form.toLowerCase(),
    senses: a.rankings[0]!.length,
    rankings: recipes.map((recipe, i) => compareRankings(a.rankings[i]!, b.rankings[i]!, recipe)),
  };
}

function compareRankings(
  a: readonly UseSense[],
  b: readonly UseSense[],
  recipe: Pick<Recipe, 'sharpness'>,
): RankingEvidence {
  // A word that the inventory lacks counts as having a single sense.
  if (a.length === 0)
    return { sameSense: true, probability: 1, supersense: 1, overlap: 1, entropy: 0, agreement: 1 };
  const [first, second] = [probabilitiesOf(a, recipe), probabilitiesOf(b, recipe)];
  const inB = new Map(b.map(({ sense, cosine }, i) => [sense, { probability: second[i]!, cosine }]));
  const both = a.map(({ sense, supersense, cosine }, i) => ({
    supersense,
    probabilities: [first[i]!, inB.get(sense)!.probability],
    cosines: [cosine, inB.get(sense)!.cosine],
  }));
  const sum = (value: (p: number, q: number) => number): number =>
    both.reduce((total, { probabilities: [p, q] }) => total + value(p!, q!), 0);
  const column = (use: 0 | 1): number[] => both.map(({ cosines }) => cosines[use]!);
  return {
    sameSense: a[0]!.sense === b[0]!.sense,
    probability: sum((p, q) => p * q),
    supersense: both.reduce(
      (total, { supersense, probabilities: [p] }) =>
        total +
        both
          .filter((other) => other.supersense === supersense)
          .reduce((part, { probabilities: [, q] }) => part + p! * q!, 0),
      0,
    ),
    overlap: sum((p, q) => Math.sqrt(p * q)),
    entropy: sum((p, q) => surprise(p) + surprise(q)),
    agreement: both.length < 3 ? 1 : correlation(column(0), column(1)),
  };
}

/** The term of one probability in an entropy. */
function surprise(probability: number): number {
  return probability === 0 ? 0 : -probability * Math.log(probability);
}

/** Fits every method on one set of pairs and scores it on another. */
export function scorePairs(
  train: readonly LabelledEvidence[],
  test: readonly LabelledEvidence[],
): PairScores {
  const threshold = fitThreshold(train);
  const model = fitCombination(train);
  return {
    threshold: accuracy(test, ({ cosine }) => cosine >= threshold),
    senses: accuracy(test, ({ rankings }) => rankings[0]!.sameSense),
    combination: accuracy(test, model),
  };
}

/** Accuracy of the combination on pairs of lemmas it was not fitted on, in turn, in percent; null with fewer than two. */
export function crossValidated(pairs: readonly LabelledEvidence[], folds = 10): number | null {
  const lemmas = [...new Set(pairs.map(({ lemma }) => lemma))];
  if (lemmas.length < 2) return null;
  const foldOf = new Map(lemmas.map((lemma, i) => [lemma, i % folds]));
  let right = 0;
  for (let fold = 0; fold < Math.min(folds, lemmas.length); fold++) {
    const model = fitCombination(pairs.filter(({ lemma }) => foldOf.get(lemma) !== fold));
    const inFold = pairs.filter(({ lemma }) => foldOf.get(lemma) === fold);
    right += inFold.filter(({ evidence, same }) => model(evidence) === same).length;
  }
  return percent(right, pairs.length);
}

/** Its columns were chosen by cross-validation within the training pairs. */
function fitCombination(pairs: readonly LabelledEvidence[]): (evidence: PairEvidence) => boolean {
  const row = ({ cosine, sameForm, senses, rankings }: PairEvidence): number[] => [
    cosine,
    sameForm ? 1 : 0,
    Math.log(Math.max(1, senses)),
    ...rankings.flatMap(({ probability, supersense, overlap, entropy, agreement }) => [
      probability,
      // The logarithm spreads out the small probabilities, in which most pairs differ.
      Math.log(probability + 1e-4),
      supersense,
      overlap,
      entropy,
      agreement,
    ]),
  ];
  const model = fitLogistic(
    pairs.map(({ evidence }) => row(evidence)),
    pairs.map(({ same }) => same),
  );
  return (evidence) => model(row(evidence)) > 0.5;
}

/** The threshold of the cosine for "same sense" with most right answers; halfway between the cosines of two pairs. */
function fitThreshold(pairs: readonly LabelledEvidence[]): number {
  const sorted = pairs
    .map(({ evidence: { cosine }, same }) => ({ cosine, same }))
    .sort((a, b) => a.cosine - b.cosine);
  let right = sorted.filter(({ same }) => same).length;
  let most = right;
  let best = -Infinity;
  sorted.forEach(({ cosine, same }, i) => {
    right += same ? -1 : 1;
    const next = sorted[i + 1]?.cosine ?? Infinity;
    if (right > most && next > cosine) [most, best] = [right, (cosine + next) / 2];
  });
  return best;
}

function accuracy(pairs: readonly LabelledEvidence[], isSame: (evidence: PairEvidence) => boolean): number {
  return percent(pairs.filter(({ evidence, same }) => isSame(evidence) === same).length, pairs.length);
}

function percent(part: number, whole: number): number {
  return Math.round((1000 * part) / whole) / 10;
}

/** Pearson's correlation; 1 if either side is constant. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (values: readonly number[]): Float32Array => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Float32Array.from(values, (value) => value - mean);
  };
  const [x, y] = [centred(a), centred(b)];
  return x.every((value) => value === 0) || y.every((value) => value === 0) ? 1 : cosine(x, y);
}

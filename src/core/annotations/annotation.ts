import type { LemmaSenses, PartOfSpeech, SenseId, Span } from '../model';
import type { Evidence, RankedSense } from '../senses/nearest';
import { probabilitiesOf } from '../senses/probability';
import type { FittedValues } from '../bundle/fitted';
import type { SenseInventory } from '../ports';
import type { Word } from '../languagePack';
import { type Doubt, doubtOf } from './doubt';

/** A sense as it was ranked for one word. */
export interface RankedCandidate {
  readonly sense: SenseId;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly cosine: number;
  readonly score: number;
  /** Calibrated probability that this candidate is meant, given that one of them is; a word's add up to 1 (docs/model.md). */
  readonly probability: number;
  readonly evidence: Evidence;
}

/** Our decision about one word. Offsets are in the document. Plain data: it crosses processes. */
export interface Annotation extends Span {
  /** The word as the reader sees it, markup removed. */
  readonly text: string;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly sense: SenseId;
  /** Does the lemma have several senses as this part of speech? If not, no senses were compared. */
  readonly polysemous: boolean;
  /** Cosine of the word's vector with the one that `evidence` names; `undefined` for a monosemous word. */
  readonly cosine: number | undefined;
  /** Score of the sense minus the runner-up's, in units of cosine; `undefined` without a runner-up. */
  readonly margin: number | undefined;
  /** Probability of the sense, as in its candidate; `undefined` for a monosemous word. */
  readonly probability: number | undefined;
  /** Why a reader should not rely on the sense; `undefined` without a doubt, and for a monosemous word. */
  readonly doubt: Doubt | undefined;
  readonly evidence: Evidence;
  /** Senses of this lemma and part of speech, best first; empty for a monosemous word. */
  readonly candidates: readonly RankedCandidate[];
  /** The best sense by context, where frequency decided for another. */
  readonly contextAlone?: RankedCandidate;
  /** Annotations of the words in a multiword unit, as they would be without the unit. */
  readonly parts?: readonly Annotation[];
}

/**
 * The annotation of a word by its ranked candidates.
 * @param ranked best first, not empty; of all parts of speech that the word may be
 */
export function annotate(
  word: Word,
  span: Span,
  ranked: readonly RankedSense[],
  { recipe, doubt }: Pick<FittedValues, 'recipe' | 'doubt'>,
  inventory: SenseInventory,
): Annotation {
  const best = ranked[0]!;
  const lemmaOf = (sense: SenseId): string =>
    word.lemmas.find(({ senses }) => senses.includes(sense))?.lemma ?? word.text;
  const entry = word.lemmas.find((lemma) => lemma.senses.includes(best.sense))!;
  // Several parts of speech competed, and the word has one sense as the one that won.
  if (inventory.senses(entry.lemma, entry.partOfSpeech).length === 1) {
    return annotateMonosemous(word, entry, span);
  }
  const partOfSpeech = inventory.partOfSpeech(best.sense);
  const rivals = ranked.filter(({ sense }) => inventory.partOfSpeech(sense) === partOfSpeech);
  const probabilities = probabilitiesOf(rivals, recipe);
  const candidates = rivals.map(({ sense, cosine, score, evidence }, i): RankedCandidate => ({
    sense,
    lemma: lemmaOf(sense),
    partOfSpeech,
    cosine,
    score,
    probability: probabilities[i]!,
    evidence,
  }));
  const chosen = candidates[0]!;
  const byContext = rivals.reduce(
    (most, { contextScore }, i) => (contextScore > rivals[most]!.contextScore ? i : most),
    0,
  );
  return {
    ...span,
    text: word.text,
    lemma: chosen.lemma,
    partOfSpeech: chosen.partOfSpeech,
    sense: chosen.sense,
    polysemous: true,
    cosine: chosen.cosine,
    margin: rivals[1] && best.score - rivals[1].score,
    probability: chosen.probability,
    doubt: doubtOf(chosen, doubt),
    evidence: chosen.evidence,
    candidates,
    ...(recipe.prior > 0 && byContext > 0 ? { contextAlone: candidates[byContext]! } : {}),
  };
}

/** The annotation of a word with one sense, which needs no context. */
export function annotateMonosemous(
  word: Word,
  { lemma, partOfSpeech, senses }: LemmaSenses,
  span: Span,
): Annotation {
  return {
    ...span,
    text: word.text,
    lemma,
    partOfSpeech,
    sense: senses[0]!,
    polysemous: false,
    cosine: undefined,
    margin: undefined,
    probability: undefined,
    doubt: undefined,
    evidence: { kind: 'none' },
    candidates: [],
  };
}

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
  /** That this sense is meant, if one of the candidates is: calibrated (docs/model.md), they add up to 1. */
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
  /** Whether lemma and part of speech have more than one sense; if not, nothing was compared. */
  readonly polysemous: boolean;
  /** With the vector that `evidence` names; `undefined` for a monosemous word. */
  readonly cosine: number | undefined;
  /** Score of the sense minus the runner-up's, in units of cosine; `undefined` without a runner-up. */
  readonly margin: number | undefined;
  /** Of the sense, as its candidate has it; `undefined` for a monosemous word. */
  readonly probability: number | undefined;
  /** Why not to rely on it, if there is a reason; none for a monosemous word. */
  readonly doubt: Doubt | undefined;
  readonly evidence: Evidence;
  /** Senses of this lemma and part of speech, best first; empty for a monosemous word. */
  readonly candidates: readonly RankedCandidate[];
  /** The best sense by context, where frequency decided for another. */
  readonly contextAlone?: RankedCandidate;
  /** Of the words that a multiword unit is made of, as they would be read without it. */
  readonly parts?: readonly Annotation[];
}

/** Best candidate, its rivals and what each rests on. `ranked` is best first and not empty. */
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
  // The part of speech was in question, the sense is not.
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

/** A word with one sense: known without reading its context. */
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

import type { LemmaSenses, PartOfSpeech, SenseKey, Span } from '../model';
import type { Evidence, RankedSense } from '../senses/nearest';
import type { Recipe } from '../senses/recipes';
import type { SenseInventory } from '../ports';
import type { Word } from '../text/words';

/** A sense as it was ranked for one word. */
export interface RankedCandidate {
  readonly sense: SenseKey;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly cosine: number;
  readonly score: number;
  readonly evidence: Evidence;
}

/** Our decision about one word. Offsets are in the document. Plain data: it crosses processes. */
export interface Annotation extends Span {
  /** The word as the reader sees it, markup removed. */
  readonly text: string;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly sense: SenseKey;
  /** Whether lemma and part of speech have more than one sense; if not, nothing was compared. */
  readonly polysemous: boolean;
  /** With the vector that `evidence` names; `undefined` for a monosemous word. */
  readonly cosine: number | undefined;
  /** Score of the sense minus the runner-up's, in units of cosine; `undefined` without a runner-up. */
  readonly margin: number | undefined;
  readonly evidence: Evidence;
  /** Senses of this lemma and part of speech, best first; empty for a monosemous word. */
  readonly candidates: readonly RankedCandidate[];
  /** The best sense by context, where frequency decided for another. */
  readonly contextAlone?: RankedCandidate;
}

/** Best candidate, its rivals and what each rests on. `ranked` is best first and not empty. */
export function annotate(
  word: Word,
  span: Span,
  ranked: readonly RankedSense[],
  recipe: Recipe,
  inventory: SenseInventory,
): Annotation {
  const best = ranked[0]!;
  const lemmaOf = (sense: number): string =>
    word.lemmas.find(({ senses }) => senses.includes(sense))?.lemma ?? word.text;
  const described = ({ sense, cosine, score, evidence }: RankedSense): RankedCandidate => ({
    sense: inventory.key(sense),
    lemma: lemmaOf(sense),
    partOfSpeech: inventory.partOfSpeech(sense),
    cosine,
    score,
    evidence,
  });
  const chosen = described(best);
  const entry = word.lemmas.find((lemma) => lemma.senses.includes(best.sense))!;
  // The part of speech was in question, the sense is not.
  if (inventory.senses(entry.lemma, entry.partOfSpeech).length === 1) {
    return annotateMonosemous(word, entry, span, inventory);
  }
  const rivals = ranked.filter(({ sense }) => inventory.partOfSpeech(sense) === chosen.partOfSpeech);
  const candidates = rivals.map(described);
  const byContext = rivals.reduce((a, b) => (b.contextScore > a.contextScore ? b : a));
  return {
    ...span,
    text: word.text,
    lemma: chosen.lemma,
    partOfSpeech: chosen.partOfSpeech,
    sense: chosen.sense,
    polysemous: true,
    cosine: chosen.cosine,
    margin: rivals[1] && best.score - rivals[1].score,
    evidence: chosen.evidence,
    candidates,
    ...(recipe.prior > 0 && byContext !== best ? { contextAlone: described(byContext) } : {}),
  };
}

/** A word with one sense: known without reading its context. */
export function annotateMonosemous(
  word: Word,
  { lemma, partOfSpeech, senses }: LemmaSenses,
  span: Span,
  inventory: SenseInventory,
): Annotation {
  return {
    ...span,
    text: word.text,
    lemma,
    partOfSpeech,
    sense: inventory.key(senses[0]!),
    polysemous: false,
    cosine: undefined,
    margin: undefined,
    evidence: { kind: 'none' },
    candidates: [],
  };
}

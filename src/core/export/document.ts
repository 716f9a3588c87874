import type { Abstention } from '../languagePack';
import type { Annotation, RankedCandidate } from '../annotations/annotation';
import type { Sense } from '../model';
import type { Reading, TokenisedParagraph } from '../pipeline';
import type { SenseInventory } from '../ports';
import type { Place } from '../prose/place';

/**
 * An annotated document as it leaves us: senses have their keys and glosses, words their places. It is handed on in parts, since
 * a novel has a hundred thousand annotations.
 */
export interface DocumentPart {
  /** In text order. */
  readonly annotations: readonly DocumentAnnotation[];
  readonly abstentions: readonly DocumentAbstention[];
  /** The part is this paragraph; only where the tokens of the document were asked for. */
  readonly paragraph?: TokenisedParagraph;
}

/** What an annotated document is, and how it was read. */
export interface DocumentSource {
  /** As the user named it. */
  readonly file: string;
  /** Offsets are in it. */
  readonly text: string;
  readonly recipe: string;
  readonly layer: string;
}

export interface DocumentCandidate extends Omit<RankedCandidate, 'sense'> {
  readonly sense: Sense;
}

/** As `Annotation`; `evidence` says whether the reader chose the sense. */
export interface DocumentAnnotation
  extends Omit<Annotation, 'sense' | 'candidates' | 'contextAlone' | 'parts'>, Place {
  readonly sense: Sense;
  /** Best first: the second is the runner-up. Empty for a monosemous word. */
  readonly candidates: readonly DocumentCandidate[];
  readonly contextAlone?: DocumentCandidate;
  readonly parts?: readonly DocumentAnnotation[];
}

export interface DocumentAbstention extends Omit<Abstention, 'of'>, Place {
  readonly of?: Sense;
}

/** Says what a reading means, in words and places. */
export function documentPart(
  { annotations, abstentions, paragraph }: Reading,
  inventory: SenseInventory,
  placeOf: (offset: number) => Place,
): DocumentPart {
  return {
    annotations: annotations.map((annotation) => documentAnnotation(annotation, inventory, placeOf)),
    abstentions: abstentions.map(({ of, ...abstention }) => ({
      ...abstention,
      ...placeOf(abstention.start),
      ...(of === undefined ? {} : { of: inventory.describe(of) }),
    })),
    ...(paragraph ? { paragraph } : {}),
  };
}

export function documentAnnotation(
  { sense, candidates, contextAlone, parts, ...annotation }: Annotation,
  inventory: SenseInventory,
  placeOf: (offset: number) => Place,
): DocumentAnnotation {
  // Most candidates are never shown, so a sense is described when it is asked for.
  const candidate = (ranked: RankedCandidate): DocumentCandidate => ({
    ...ranked,
    get sense() {
      return inventory.describe(ranked.sense);
    },
  });
  return {
    ...annotation,
    ...placeOf(annotation.start),
    get sense() {
      return inventory.describe(sense);
    },
    candidates: candidates.map(candidate),
    ...(contextAlone ? { contextAlone: candidate(contextAlone) } : {}),
    ...(parts ? { parts: parts.map((part) => documentAnnotation(part, inventory, placeOf)) } : {}),
  };
}

import type { Abstention } from '../languagePack';
import type { Annotation, RankedCandidate } from '../annotations/annotation';
import type { Sense } from '../model';
import type { Reading, TokenisedParagraph } from '../pipeline';
import type { SenseInventory } from '../ports';
import type { Place } from '../prose/place';

/**
 * A part of an annotated document as exporters get it: senses have keys and glosses, words have lines and columns. A document
 * comes in parts, since a novel has a hundred thousand annotations.
 */
export interface DocumentPart {
  /** In text order. */
  readonly annotations: readonly DocumentAnnotation[];
  readonly abstentions: readonly DocumentAbstention[];
  /** The paragraph that this part is, with its tokens; only if tokens were requested. */
  readonly paragraph?: TokenisedParagraph;
}

/** Which document was annotated, and how it was read. */
export interface DocumentSource {
  /** Name of the file as the user gave it. */
  readonly file: string;
  /** The text that the annotations' offsets are in. */
  readonly text: string;
  readonly recipe: string;
  readonly layer: string;
}

export interface DocumentCandidate extends Omit<RankedCandidate, 'sense'> {
  readonly sense: Sense;
}

/** An annotation with its senses described. If the reader chose the sense, `evidence` says so. */
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

/** Turns a reading into a part of a document: sense ids into senses, offsets into lines and columns. */
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
  // Most candidates are never shown, so a sense is described only when somebody reads it.
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

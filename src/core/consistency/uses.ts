import { type PackedAnnotation, packedCandidates } from '../annotations/packed';
import type { PartOfSpeech, SenseId, Span } from '../model';
import type { SenseInventory } from '../ports';
import { lowest } from '../util/search';

/** A sense that a use may have. */
export interface UseCandidate {
  readonly sense: SenseId;
  readonly probability: number;
  /** Tagged uses its vector rests on. */
  readonly uses: number;
}

/** One use of a word. */
export interface Use extends Span {
  /** The predicted sense. */
  readonly sense: SenseId;
  /** Best first; the predicted sense is the first. */
  readonly candidates: readonly UseCandidate[];
  /** Did the reader choose its sense? It is right then, whatever the others have. */
  readonly isChosen: boolean;
}

/** The uses of one lemma as one part of speech, in a document or a section of it, in text order. */
export interface UseGroup {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly uses: readonly Use[];
}

export interface UseCollectorOptions {
  readonly partsOfSpeech: readonly PartOfSpeech[];
  /** Lemmas that are left out, as WordNet writes them in lower case. */
  readonly ignored: ReadonlySet<string>;
  /** Where sections begin, ascending; uses in different ones are not compared. Empty: the document is one. */
  readonly sections: readonly number[];
}

/** Gathers the annotations of a document, one at a time, into groups of uses. */
export interface UseCollector {
  /** @param annotation in text order */
  add(annotation: PackedAnnotation): void;
  /** The groups in which more than one sense was predicted, and `undefined` for each use, so that a caller can pause. */
  groups(): Generator<UseGroup | undefined>;
}

interface Collected {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  /** Packed, as a novel has a hundred thousand and few of them are ever compared. */
  readonly annotations: PackedAnnotation[];
}

export function createUseCollector(
  inventory: SenseInventory,
  { partsOfSpeech, ignored, sections }: UseCollectorOptions,
): UseCollector {
  const collected = new Map<string, Collected>();
  /** Lemma and part of speech of a sense; `undefined` if they are left out. */
  const entries = new Map<SenseId, Pick<Collected, 'lemma' | 'partOfSpeech'> | undefined>();
  const entryOf = (sense: SenseId): Pick<Collected, 'lemma' | 'partOfSpeech'> | undefined => {
    if (entries.has(sense)) return entries.get(sense);
    const partOfSpeech = inventory.partOfSpeech(sense);
    const lemma = lemmaOf(inventory.key(sense));
    const isLeftOut = !partsOfSpeech.includes(partOfSpeech) || ignored.has(lemma);
    const entry = isLeftOut ? undefined : { lemma, partOfSpeech };
    entries.set(sense, entry);
    return entry;
  };
  return {
    add(annotation) {
      const entry = annotation.polysemous ? entryOf(annotation.sense) : undefined;
      if (!entry) return;
      const section = lowest(sections.length, (i) => sections[i]! > annotation.start);
      const name = `${section} ${entry.partOfSpeech} ${entry.lemma}`;
      const known = collected.get(name);
      if (known) known.annotations.push(annotation);
      else collected.set(name, { ...entry, annotations: [annotation] });
    },
    *groups() {
      for (const { lemma, partOfSpeech, annotations } of collected.values()) {
        const [first] = annotations;
        if (annotations.every(({ sense }) => sense === first!.sense)) continue;
        const uses: Use[] = [];
        for (const annotation of annotations) {
          uses.push(useOf(annotation));
          yield undefined;
        }
        yield { lemma, partOfSpeech, uses };
      }
    },
  };
}

/** The lemma that a sense key begins with. */
export function lemmaOf(key: string): string {
  return key.slice(0, key.indexOf('%'));
}

function useOf(annotation: PackedAnnotation): Use {
  const { start, end, sense, evidence } = annotation;
  return { start, end, sense, candidates: packedCandidates(annotation), isChosen: evidence === 'chosen' };
}

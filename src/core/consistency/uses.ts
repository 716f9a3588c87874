import {
  type PackedAnnotation,
  packedAnnotation,
  packedCandidates,
  WORD,
  WORD_FIELDS,
} from '../annotations/packed';
import type { PartOfSpeech, SenseId, Span } from '../model';
import type { SenseInventory } from '../ports';
import { lemmaOf } from '../senses/senseKey';
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
  /** Is there a doubt about its sense? */
  readonly isDoubtful: boolean;
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
  readonly first: SenseId;
  /** Is there another sense than the first? */
  varies: boolean;
  /** Where each use is found again. A novel has a hundred thousand: kept as objects they would make the heap grow at each check. */
  readonly readings: PackedAnnotation['reading'][];
  readonly indices: number[];
  readonly starts: number[];
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
      const { sense, reading, index, start } = annotation;
      let group = collected.get(name);
      if (!group) {
        group = { ...entry, first: sense, varies: false, readings: [], indices: [], starts: [] };
        collected.set(name, group);
      }
      group.varies ||= sense !== group.first;
      group.readings.push(reading);
      group.indices.push(index);
      group.starts.push(start);
    },
    *groups() {
      for (const { lemma, partOfSpeech, varies, readings, indices, starts } of collected.values()) {
        if (!varies) continue;
        const uses: Use[] = [];
        for (const [i, reading] of readings.entries()) {
          uses.push(useOf(reading, indices[i]!, starts[i]!));
          yield undefined;
        }
        yield { lemma, partOfSpeech, uses };
      }
    },
  };
}

function useOf(reading: PackedAnnotation['reading'], index: number, at: number): Use {
  const annotation = packedAnnotation(reading, index, at - reading.words[index * WORD_FIELDS + WORD.start]!);
  const { start, end, sense, evidence, doubt } = annotation;
  return {
    start,
    end,
    sense,
    candidates: packedCandidates(annotation),
    isChosen: evidence === 'chosen',
    isDoubtful: doubt !== undefined,
  };
}

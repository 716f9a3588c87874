import type { DocumentUses, Use, UsePlace } from '../annotations/use';
import type { PartOfSpeech, SenseId } from '../model';
import type { SenseInventory } from '../ports';
import { lowest } from '../util/search';

/** The uses of one lemma as one part of speech, in a document or a section of it, in text order. */
export interface UseGroup {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly uses: readonly Use[];
}

export interface UseCollectorOptions {
  readonly partsOfSpeech: readonly PartOfSpeech[];
  /** Lemmas that are left out, in lower case, words joined by `_`. */
  readonly ignored: ReadonlySet<string>;
  /** Offsets where sections begin, ascending. Uses of different sections are not compared; without any all uses are. */
  readonly sections: readonly number[];
}

/** Gathers the uses of a document, one at a time, into groups. */
export interface UseCollector {
  /** @param place in text order */
  add(place: UsePlace): void;
  /**
   * The groups in which more than one sense was predicted, and `undefined` for each use, so that a caller can pause.
   * @param uses the uses whose places were added
   */
  groups(uses: DocumentUses): Generator<UseGroup | undefined>;
}

interface Collected {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly first: SenseId;
  /** Is there another sense than the first? */
  varies: boolean;
  /** Where the uses stand. */
  readonly starts: number[];
}

export function createUseCollector(
  inventory: SenseInventory,
  { partsOfSpeech, ignored, sections }: UseCollectorOptions,
): UseCollector {
  const collected = new Map<string, Collected>();
  /** Lemma and part of speech of each sense met so far; `undefined` where they are left out. */
  const entries = new Map<SenseId, Pick<Collected, 'lemma' | 'partOfSpeech'> | undefined>();
  const entryOf = (sense: SenseId): Pick<Collected, 'lemma' | 'partOfSpeech'> | undefined => {
    if (entries.has(sense)) return entries.get(sense);
    const partOfSpeech = inventory.partOfSpeech(sense);
    const lemma = inventory.lemma(sense);
    const isLeftOut = !partsOfSpeech.includes(partOfSpeech) || ignored.has(lemma);
    const entry = isLeftOut ? undefined : { lemma, partOfSpeech };
    entries.set(sense, entry);
    return entry;
  };
  return {
    add({ sense, start }) {
      const entry = entryOf(sense);
      if (!entry) return;
      const section = lowest(sections.length, (i) => sections[i]! > start);
      const name = `${section} ${entry.partOfSpeech} ${entry.lemma}`;
      let group = collected.get(name);
      if (!group) {
        group = { ...entry, first: sense, varies: false, starts: [] };
        collected.set(name, group);
      }
      group.varies ||= sense !== group.first;
      group.starts.push(start);
    },
    *groups(uses) {
      for (const { lemma, partOfSpeech, varies, starts } of collected.values()) {
        if (!varies) continue;
        const found: Use[] = [];
        for (const start of starts) {
          const use = uses.at(start);
          if (use) found.push(use);
          yield undefined;
        }
        yield { lemma, partOfSpeech, uses: found };
      }
    },
  };
}

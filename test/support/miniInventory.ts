import type { LemmaSenses, PartOfSpeech, Sense, SenseInventory } from '../../src/core';
import { PARTS_OF_SPEECH } from '../../src/core';

export interface MiniSynset {
  readonly lemmas: readonly string[];
  readonly gloss: string;
  /** Noun unless said otherwise. */
  readonly partOfSpeech?: PartOfSpeech;
  readonly hypernyms?: readonly number[];
}

/**
 * An inventory of a few synsets. Sense n is the n-th lemma of them all, and its key is
 * `lemma%type:00:nn::` with nn the number of its synset.
 */
export function miniInventory(synsets: readonly MiniSynset[], id = 'mini'): SenseInventory {
  const parts = synsets.map(({ partOfSpeech = 'noun' }) => partOfSpeech);
  const all = synsets.flatMap(({ lemmas }, synset) => lemmas.map((lemma) => ({ lemma, synset })));
  const key = (sense: number): string => {
    const { lemma, synset } = all[sense]!;
    return `${lemma}%${PARTS_OF_SPEECH.indexOf(parts[synset]!) + 1}:00:${String(synset).padStart(2, '0')}::`;
  };
  const ids = new Map(all.map((_, sense) => [key(sense), sense]));
  const senses = (lemma: string, part: PartOfSpeech): number[] =>
    [...all.keys()].filter((sense) => all[sense]!.lemma === lemma && parts[all[sense]!.synset] === part);
  const lemmas = (form: string, part?: PartOfSpeech): LemmaSenses[] =>
    PARTS_OF_SPEECH.filter((one) => part === undefined || one === part)
      .map((partOfSpeech) => ({ lemma: form, partOfSpeech, senses: senses(form, partOfSpeech) }))
      .filter((entry) => entry.senses.length > 0);
  const synsetSenses = (synset: number): number[] =>
    [...all.keys()].filter((sense) => all[sense]!.synset === synset);
  return {
    edition: 'mini',
    id,
    senseCount: all.length,
    synsetCount: synsets.length,
    senses,
    lemmas,
    longestLemma: (word) => (all.some(({ lemma }) => lemma === word) ? 1 : 0),
    describe: (sense): Sense => {
      const { lemma, synset } = all[sense]!;
      return {
        id: sense,
        key: key(sense),
        lemma,
        partOfSpeech: parts[synset]!,
        gloss: synsets[synset]!.gloss,
        examples: [],
        synonyms: synsets[synset]!.lemmas.filter((other) => other !== lemma),
        supersense: `${parts[synset]!}.Tops`,
      };
    },
    key,
    find: (wanted) => ids.get(wanted),
    partOfSpeech: (sense) => parts[all[sense]!.synset]!,
    isCapitalised: () => false,
    synset: (sense) => all[sense]!.synset,
    synsetSenses,
    hypernyms: (synset) => synsets[synset]!.hypernyms ?? [],
    synsetGloss: (synset) => synsets[synset]!,
  };
}

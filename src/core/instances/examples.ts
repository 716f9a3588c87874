import type { TaggedSentence } from '../senses/taggedCorpus';
import type { SenseKey } from '../model';
import { seededRandom } from '../util/random';

/** A sentence of a tagged corpus and the token in it that is tagged with a sense. */
export interface TaggedUse {
  readonly sentence: TaggedSentence;
  readonly token: number;
}

/** Tagged uses of some senses, a fair sample of each sense's, kept while a corpus goes by. */
export interface TaggedUseSample {
  add(sentence: TaggedSentence): void;
  /** All uses there were of a sense, and those kept. */
  of(sense: SenseKey): { readonly total: number; readonly uses: readonly TaggedUse[] };
}

/** Each use is kept with the same chance (reservoir sampling, Vitter 1985), by a fixed seed. */
export function sampleTaggedUses(senses: readonly SenseKey[], most: number): TaggedUseSample {
  const random = seededRandom(1);
  const samples = new Map(senses.map((sense) => [sense, { total: 0, uses: [] as TaggedUse[] }]));
  return {
    add(sentence) {
      sentence.tokens.forEach(({ keys }, token) => {
        for (const key of keys ?? []) {
          const sample = samples.get(key);
          if (!sample) continue;
          const place = sample.total < most ? sample.total : Math.floor(random() * (sample.total + 1));
          sample.total++;
          if (place < most) sample.uses[place] = { sentence, token };
        }
      });
    },
    of: (sense) => samples.get(sense) ?? { total: 0, uses: [] },
  };
}

import type { TaggedSentence } from '../senses/taggedCorpus';
import type { SenseKey } from '../model';
import { seededRandom } from '../util/random';

/** A sentence of a tagged corpus and the token in it that is tagged with a sense. */
export interface TaggedUse {
  readonly sentence: TaggedSentence;
  readonly token: number;
}

/** A fair sample of the tagged uses of each of some senses, taken in one pass over a corpus. */
export interface TaggedUseSample {
  add(sentence: TaggedSentence): void;
  /** How many uses of a sense the corpus has, and the sampled ones. */
  of(sense: SenseKey): { readonly total: number; readonly uses: readonly TaggedUse[] };
}

/** Samples at most `most` uses of each sense, each use with the same chance (reservoir sampling, Vitter 1985; fixed seed). */
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

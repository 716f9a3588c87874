import type { Language } from '../../core';
import { lemmasOf, normaliseForm, unlistedBases } from './lemmas';
import { ENGLISH_INFLECTION } from './replacing';
import { TAG_WEIGHTS } from './tagWeights';

/** What is known of English without its tagger and language detector. */
export const ENGLISH: Language = {
  code: 'en',
  normalise: normaliseForm,
  lemmasOf,
  unlistedBases,
  // These stand before a name, a figure or what they introduce.
  abbreviation:
    /(?:^|[^\p{L}.])(?:Mr|Mrs|Ms|Messrs|Mme|Mlle|Dr|St|Prof|Rev|Hon|Capt|Cpt|Col|Gen|Lt|Sgt|Sen|Gov|Mt|Fig|Vol|vs|cf|e\.g|i\.e|viz)\.$/u,
  inflection: ENGLISH_INFLECTION,
  tagWeights: TAG_WEIGHTS,
};
